// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of language.v1. */
export interface $Methods {
    "googleapis.language.v1.documents.analyzeEntities": $Method<never, object, AnalyzeEntitiesRequest, AnalyzeEntitiesResponse>;
    "googleapis.language.v1.documents.analyzeEntitySentiment": $Method<never, object, AnalyzeEntitySentimentRequest, AnalyzeEntitySentimentResponse>;
    "googleapis.language.v1.documents.analyzeSentiment": $Method<never, object, AnalyzeSentimentRequest, AnalyzeSentimentResponse>;
    "googleapis.language.v1.documents.analyzeSyntax": $Method<never, object, AnalyzeSyntaxRequest, AnalyzeSyntaxResponse>;
    "googleapis.language.v1.documents.annotateText": $Method<never, object, AnnotateTextRequest, AnnotateTextResponse>;
    "googleapis.language.v1.documents.classifyText": $Method<never, object, ClassifyTextRequest, ClassifyTextResponse>;
    "googleapis.language.v1.documents.moderateText": $Method<never, object, ModerateTextRequest, ModerateTextResponse>;
}

interface AnalyzeEntitiesRequest { document: Document; encodingType: "NONE" | "UTF8" | "UTF16" | "UTF32" }
interface AnalyzeEntitiesResponse { entities: Entity[]; language: string }
interface AnalyzeEntitySentimentRequest { document: Document; encodingType: "NONE" | "UTF8" | "UTF16" | "UTF32" }
interface AnalyzeEntitySentimentResponse { entities: Entity[]; language: string }
interface AnalyzeSentimentRequest { document: Document; encodingType: "NONE" | "UTF8" | "UTF16" | "UTF32" }
interface AnalyzeSentimentResponse { documentSentiment: Sentiment; language: string; sentences: Sentence[] }
interface AnalyzeSyntaxRequest { document: Document; encodingType: "NONE" | "UTF8" | "UTF16" | "UTF32" }
interface AnalyzeSyntaxResponse { language: string; sentences: Sentence[]; tokens: Token[] }
interface AnnotateTextRequest { document: Document; encodingType: "NONE" | "UTF8" | "UTF16" | "UTF32"; features: AnnotateTextRequestFeatures }
interface AnnotateTextRequestFeatures { classificationModelOptions: ClassificationModelOptions; classifyText: boolean; extractDocumentSentiment: boolean; extractEntities: boolean; extractEntitySentiment: boolean; extractSyntax: boolean; moderateText: boolean }
interface AnnotateTextResponse { categories: ClassificationCategory[]; documentSentiment: Sentiment; entities: Entity[]; language: string; moderationCategories: ClassificationCategory[]; sentences: Sentence[]; tokens: Token[] }
interface ClassificationCategory { confidence: number; name: string }
interface ClassificationModelOptions { v1Model: ClassificationModelOptionsV1Model; v2Model: ClassificationModelOptionsV2Model }
interface ClassificationModelOptionsV1Model {  }
interface ClassificationModelOptionsV2Model { contentCategoriesVersion: "CONTENT_CATEGORIES_VERSION_UNSPECIFIED" | "V1" | "V2" }
interface ClassifyTextRequest { classificationModelOptions: ClassificationModelOptions; document: Document }
interface ClassifyTextResponse { categories: ClassificationCategory[] }
interface DependencyEdge { headTokenIndex: number; label: "UNKNOWN" | "ABBREV" | "ACOMP" | "ADVCL" | "ADVMOD" | "AMOD" | "APPOS" | "ATTR" | "AUX" | "AUXPASS" | "CC" | "CCOMP" | "CONJ" | "CSUBJ" | "CSUBJPASS" | "DEP" | "DET" | "DISCOURSE" | "DOBJ" | "EXPL" | "GOESWITH" | "IOBJ" | "MARK" | "MWE" | "MWV" | "NEG" | "NN" | "NPADVMOD" | "NSUBJ" | "NSUBJPASS" | "NUM" | "NUMBER" | "P" | "PARATAXIS" | "PARTMOD" | "PCOMP" | "POBJ" | "POSS" | "POSTNEG" | "PRECOMP" | "PRECONJ" | "PREDET" | "PREF" | "PREP" | "PRONL" | "PRT" | "PS" | "QUANTMOD" | "RCMOD" | "RCMODREL" | "RDROP" | "REF" | "REMNANT" | "REPARANDUM" | "ROOT" | "SNUM" | "SUFF" | "TMOD" | "TOPIC" | "VMOD" | "VOCATIVE" | "XCOMP" | "SUFFIX" | "TITLE" | "ADVPHMOD" | "AUXCAUS" | "AUXVV" | "DTMOD" | "FOREIGN" | "KW" | "LIST" | "NOMC" | "NOMCSUBJ" | "NOMCSUBJPASS" | "NUMC" | "COP" | "DISLOCATED" | "ASP" | "GMOD" | "GOBJ" | "INFMOD" | "MES" | "NCOMP" }
interface Document { content: string; gcsContentUri: string; language: string; type: "TYPE_UNSPECIFIED" | "PLAIN_TEXT" | "HTML" }
interface Entity { mentions: EntityMention[]; metadata: { [key: string]: string }; name: string; salience: number; sentiment: Sentiment; type: "UNKNOWN" | "PERSON" | "LOCATION" | "ORGANIZATION" | "EVENT" | "WORK_OF_ART" | "CONSUMER_GOOD" | "OTHER" | "PHONE_NUMBER" | "ADDRESS" | "DATE" | "NUMBER" | "PRICE" }
interface EntityMention { sentiment: Sentiment; text: TextSpan; type: "TYPE_UNKNOWN" | "PROPER" | "COMMON" }
interface ModerateTextRequest { document: Document }
interface ModerateTextResponse { moderationCategories: ClassificationCategory[] }
interface PartOfSpeech { aspect: "ASPECT_UNKNOWN" | "PERFECTIVE" | "IMPERFECTIVE" | "PROGRESSIVE"; case: "CASE_UNKNOWN" | "ACCUSATIVE" | "ADVERBIAL" | "COMPLEMENTIVE" | "DATIVE" | "GENITIVE" | "INSTRUMENTAL" | "LOCATIVE" | "NOMINATIVE" | "OBLIQUE" | "PARTITIVE" | "PREPOSITIONAL" | "REFLEXIVE_CASE" | "RELATIVE_CASE" | "VOCATIVE"; form: "FORM_UNKNOWN" | "ADNOMIAL" | "AUXILIARY" | "COMPLEMENTIZER" | "FINAL_ENDING" | "GERUND" | "REALIS" | "IRREALIS" | "SHORT" | "LONG" | "ORDER" | "SPECIFIC"; gender: "GENDER_UNKNOWN" | "FEMININE" | "MASCULINE" | "NEUTER"; mood: "MOOD_UNKNOWN" | "CONDITIONAL_MOOD" | "IMPERATIVE" | "INDICATIVE" | "INTERROGATIVE" | "JUSSIVE" | "SUBJUNCTIVE"; number: "NUMBER_UNKNOWN" | "SINGULAR" | "PLURAL" | "DUAL"; person: "PERSON_UNKNOWN" | "FIRST" | "SECOND" | "THIRD" | "REFLEXIVE_PERSON"; proper: "PROPER_UNKNOWN" | "PROPER" | "NOT_PROPER"; reciprocity: "RECIPROCITY_UNKNOWN" | "RECIPROCAL" | "NON_RECIPROCAL"; tag: "UNKNOWN" | "ADJ" | "ADP" | "ADV" | "CONJ" | "DET" | "NOUN" | "NUM" | "PRON" | "PRT" | "PUNCT" | "VERB" | "X" | "AFFIX"; tense: "TENSE_UNKNOWN" | "CONDITIONAL_TENSE" | "FUTURE" | "PAST" | "PRESENT" | "IMPERFECT" | "PLUPERFECT"; voice: "VOICE_UNKNOWN" | "ACTIVE" | "CAUSATIVE" | "PASSIVE" }
interface Sentence { sentiment: Sentiment; text: TextSpan }
interface Sentiment { magnitude: number; score: number }
interface TextSpan { beginOffset: number; content: string }
interface Token { dependencyEdge: DependencyEdge; lemma: string; partOfSpeech: PartOfSpeech; text: TextSpan }
