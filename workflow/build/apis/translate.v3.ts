// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of translate.v3. */
export interface $Methods {
    "googleapis.translate.v3.projects.detectLanguage": $Method<"parent", object, DetectLanguageRequest, DetectLanguageResponse>;
    "googleapis.translate.v3.projects.getSupportedLanguages": $Method<"parent", { displayLanguageCode: string; model: string }, never, SupportedLanguages>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.adaptiveMtFiles.adaptiveMtSentences.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListAdaptiveMtSentencesResponse>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.adaptiveMtFiles.delete": $Method<"name", object, never, Empty>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.adaptiveMtFiles.get": $Method<"name", object, never, AdaptiveMtFile>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.adaptiveMtFiles.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListAdaptiveMtFilesResponse>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.adaptiveMtSentences.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListAdaptiveMtSentencesResponse>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.create": $Method<"parent", object, AdaptiveMtDataset, AdaptiveMtDataset>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.delete": $Method<"name", object, never, Empty>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.get": $Method<"name", object, never, AdaptiveMtDataset>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.importAdaptiveMtFile": $Method<"parent", object, ImportAdaptiveMtFileRequest, ImportAdaptiveMtFileResponse>;
    "googleapis.translate.v3.projects.locations.adaptiveMtDatasets.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListAdaptiveMtDatasetsResponse>;
    "googleapis.translate.v3.projects.locations.adaptiveMtTranslate": $Method<"parent", object, AdaptiveMtTranslateRequest, AdaptiveMtTranslateResponse>;
    "googleapis.translate.v3.projects.locations.batchTranslateDocument": $Method<"parent", object, BatchTranslateDocumentRequest, Operation>;
    "googleapis.translate.v3.projects.locations.batchTranslateText": $Method<"parent", object, BatchTranslateTextRequest, Operation>;
    "googleapis.translate.v3.projects.locations.datasets.create": $Method<"parent", object, Dataset, Operation>;
    "googleapis.translate.v3.projects.locations.datasets.delete": $Method<"name", object, never, Operation>;
    "googleapis.translate.v3.projects.locations.datasets.examples.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListExamplesResponse>;
    "googleapis.translate.v3.projects.locations.datasets.exportData": $Method<"dataset", object, ExportDataRequest, Operation>;
    "googleapis.translate.v3.projects.locations.datasets.get": $Method<"name", object, never, Dataset>;
    "googleapis.translate.v3.projects.locations.datasets.importData": $Method<"dataset", object, ImportDataRequest, Operation>;
    "googleapis.translate.v3.projects.locations.datasets.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListDatasetsResponse>;
    "googleapis.translate.v3.projects.locations.detectLanguage": $Method<"parent", object, DetectLanguageRequest, DetectLanguageResponse>;
    "googleapis.translate.v3.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.translate.v3.projects.locations.getSupportedLanguages": $Method<"parent", { displayLanguageCode: string; model: string }, never, SupportedLanguages>;
    "googleapis.translate.v3.projects.locations.glossaries.create": $Method<"parent", object, Glossary, Operation>;
    "googleapis.translate.v3.projects.locations.glossaries.delete": $Method<"name", object, never, Operation>;
    "googleapis.translate.v3.projects.locations.glossaries.get": $Method<"name", object, never, Glossary>;
    "googleapis.translate.v3.projects.locations.glossaries.glossaryEntries.create": $Method<"parent", object, GlossaryEntry, GlossaryEntry>;
    "googleapis.translate.v3.projects.locations.glossaries.glossaryEntries.delete": $Method<"name", object, never, Empty>;
    "googleapis.translate.v3.projects.locations.glossaries.glossaryEntries.get": $Method<"name", object, never, GlossaryEntry>;
    "googleapis.translate.v3.projects.locations.glossaries.glossaryEntries.list": $Method<"parent", { pageSize: number; pageToken: string }, never, ListGlossaryEntriesResponse>;
    "googleapis.translate.v3.projects.locations.glossaries.glossaryEntries.patch": $Method<"name", object, GlossaryEntry, GlossaryEntry>;
    "googleapis.translate.v3.projects.locations.glossaries.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListGlossariesResponse>;
    "googleapis.translate.v3.projects.locations.glossaries.patch": $Method<"name", { updateMask: string }, Glossary, Operation>;
    "googleapis.translate.v3.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.translate.v3.projects.locations.models.create": $Method<"parent", object, Model, Operation>;
    "googleapis.translate.v3.projects.locations.models.delete": $Method<"name", object, never, Operation>;
    "googleapis.translate.v3.projects.locations.models.get": $Method<"name", object, never, Model>;
    "googleapis.translate.v3.projects.locations.models.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListModelsResponse>;
    "googleapis.translate.v3.projects.locations.operations.cancel": $Method<"name", object, CancelOperationRequest, Empty>;
    "googleapis.translate.v3.projects.locations.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.translate.v3.projects.locations.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.translate.v3.projects.locations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.translate.v3.projects.locations.operations.wait": $Method<"name", object, WaitOperationRequest, Operation>;
    "googleapis.translate.v3.projects.locations.refineText": $Method<"parent", object, RefineTextRequest, RefineTextResponse>;
    "googleapis.translate.v3.projects.locations.romanizeText": $Method<"parent", object, RomanizeTextRequest, RomanizeTextResponse>;
    "googleapis.translate.v3.projects.locations.translateDocument": $Method<"parent", object, TranslateDocumentRequest, TranslateDocumentResponse>;
    "googleapis.translate.v3.projects.locations.translateText": $Method<"parent", object, TranslateTextRequest, TranslateTextResponse>;
    "googleapis.translate.v3.projects.romanizeText": $Method<"parent", object, RomanizeTextRequest, RomanizeTextResponse>;
    "googleapis.translate.v3.projects.translateText": $Method<"parent", object, TranslateTextRequest, TranslateTextResponse>;
}

interface AdaptiveMtDataset { createTime: string; displayName: string; exampleCount: number; name: string; sourceLanguageCode: string; targetLanguageCode: string; updateTime: string }
interface AdaptiveMtFile { createTime: string; displayName: string; entryCount: number; name: string; updateTime: string }
interface AdaptiveMtSentence { createTime: string; name: string; sourceSentence: string; targetSentence: string; updateTime: string }
interface AdaptiveMtTranslateRequest { content: string[]; dataset: string; glossaryConfig: GlossaryConfig; mimeType: string; referenceSentenceConfig: ReferenceSentenceConfig }
interface AdaptiveMtTranslateResponse { glossaryTranslations: AdaptiveMtTranslation[]; languageCode: string; translations: AdaptiveMtTranslation[] }
interface AdaptiveMtTranslation { translatedText: string }
interface BatchDocumentInputConfig { gcsSource: GcsSource }
interface BatchDocumentOutputConfig { gcsDestination: GcsDestination }
interface BatchTranslateDocumentRequest { customizedAttribution: string; enableRotationCorrection: boolean; enableShadowRemovalNativePdf: boolean; formatConversions: { [key: string]: string }; glossaries: { [key: string]: TranslateTextGlossaryConfig }; inputConfigs: BatchDocumentInputConfig[]; models: { [key: string]: string }; outputConfig: BatchDocumentOutputConfig; pdfNativeOnly: boolean; sourceLanguageCode: string; targetLanguageCodes: string[] }
interface BatchTranslateTextRequest { glossaries: { [key: string]: TranslateTextGlossaryConfig }; inputConfigs: InputConfig[]; labels: { [key: string]: string }; models: { [key: string]: string }; outputConfig: OutputConfig; sourceLanguageCode: string; targetLanguageCodes: string[] }
interface CancelOperationRequest {  }
interface Dataset { createTime: string; displayName: string; exampleCount: number; name: string; sourceLanguageCode: string; targetLanguageCode: string; testExampleCount: number; trainExampleCount: number; updateTime: string; validateExampleCount: number }
interface DatasetInputConfig { inputFiles: InputFile[] }
interface DatasetOutputConfig { gcsDestination: GcsOutputDestination }
interface DetectLanguageRequest { content: string; documentInputConfig: DocumentInputConfig; labels: { [key: string]: string }; mimeType: string; model: string }
interface DetectLanguageResponse { languages: DetectedLanguage[] }
interface DetectedLanguage { confidence: number; languageCode: string }
interface DocumentInputConfig { content: string; gcsSource: GcsSource; mimeType: string }
interface DocumentOutputConfig { gcsDestination: GcsDestination; mimeType: string }
interface DocumentTranslation { byteStreamOutputs: string[]; detectedLanguageCode: string; mimeType: string }
interface Empty {  }
interface Example { name: string; sourceText: string; targetText: string; usage: string }
interface ExportDataRequest { outputConfig: DatasetOutputConfig }
interface FileInputSource { content: string; displayName: string; mimeType: string }
interface GcsDestination { outputUriPrefix: string }
interface GcsInputSource { inputUri: string }
interface GcsOutputDestination { outputUriPrefix: string }
interface GcsSource { inputUri: string }
interface Glossary { displayName: string; endTime: string; entryCount: number; inputConfig: GlossaryInputConfig; languageCodesSet: LanguageCodesSet; languagePair: LanguageCodePair; name: string; submitTime: string }
interface GlossaryConfig { contextualTranslationEnabled: boolean; glossary: string; ignoreCase: boolean }
interface GlossaryEntry { description: string; name: string; termsPair: GlossaryTermsPair; termsSet: GlossaryTermsSet }
interface GlossaryInputConfig { gcsSource: GcsSource }
interface GlossaryTerm { languageCode: string; text: string }
interface GlossaryTermsPair { sourceTerm: GlossaryTerm; targetTerm: GlossaryTerm }
interface GlossaryTermsSet { terms: GlossaryTerm[] }
interface ImportAdaptiveMtFileRequest { fileInputSource: FileInputSource; gcsInputSource: GcsInputSource }
interface ImportAdaptiveMtFileResponse { adaptiveMtFile: AdaptiveMtFile }
interface ImportDataRequest { inputConfig: DatasetInputConfig }
interface InputConfig { gcsSource: GcsSource; mimeType: string }
interface InputFile { gcsSource: GcsInputSource; usage: string }
interface LanguageCodePair { sourceLanguageCode: string; targetLanguageCode: string }
interface LanguageCodesSet { languageCodes: string[] }
interface ListAdaptiveMtDatasetsResponse { adaptiveMtDatasets: AdaptiveMtDataset[]; nextPageToken: string }
interface ListAdaptiveMtFilesResponse { adaptiveMtFiles: AdaptiveMtFile[]; nextPageToken: string }
interface ListAdaptiveMtSentencesResponse { adaptiveMtSentences: AdaptiveMtSentence[]; nextPageToken: string }
interface ListDatasetsResponse { datasets: Dataset[]; nextPageToken: string }
interface ListExamplesResponse { examples: Example[]; nextPageToken: string }
interface ListGlossariesResponse { glossaries: Glossary[]; nextPageToken: string }
interface ListGlossaryEntriesResponse { glossaryEntries: GlossaryEntry[]; nextPageToken: string }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListModelsResponse { models: Model[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface Model { createTime: string; dataset: string; displayName: string; name: string; sourceLanguageCode: string; targetLanguageCode: string; testExampleCount: number; trainExampleCount: number; updateTime: string; validateExampleCount: number }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface OutputConfig { gcsDestination: GcsDestination }
interface ReferenceSentenceConfig { referenceSentencePairLists: ReferenceSentencePairList[]; sourceLanguageCode: string; targetLanguageCode: string }
interface ReferenceSentencePair { sourceSentence: string; targetSentence: string }
interface ReferenceSentencePairList { referenceSentencePairs: ReferenceSentencePair[] }
interface RefineTextRequest { refinementEntries: RefinementEntry[]; sourceLanguageCode: string; targetLanguageCode: string }
interface RefineTextResponse { refinedTranslations: string[] }
interface RefinementEntry { originalTranslation: string; sourceText: string }
interface Romanization { detectedLanguageCode: string; romanizedText: string }
interface RomanizeTextRequest { contents: string[]; sourceLanguageCode: string }
interface RomanizeTextResponse { romanizations: Romanization[] }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface SupportedLanguage { displayName: string; languageCode: string; supportSource: boolean; supportTarget: boolean }
interface SupportedLanguages { languages: SupportedLanguage[] }
interface TranslateDocumentRequest { customizedAttribution: string; documentInputConfig: DocumentInputConfig; documentOutputConfig: DocumentOutputConfig; enableRotationCorrection: boolean; enableShadowRemovalNativePdf: boolean; glossaryConfig: TranslateTextGlossaryConfig; isTranslateNativePdfOnly: boolean; labels: { [key: string]: string }; model: string; sourceLanguageCode: string; targetLanguageCode: string }
interface TranslateDocumentResponse { documentTranslation: DocumentTranslation; glossaryConfig: TranslateTextGlossaryConfig; glossaryDocumentTranslation: DocumentTranslation; model: string }
interface TranslateTextGlossaryConfig { contextualTranslationEnabled: boolean; glossary: string; ignoreCase: boolean }
interface TranslateTextRequest { contents: string[]; glossaryConfig: TranslateTextGlossaryConfig; labels: { [key: string]: string }; mimeType: string; model: string; sourceLanguageCode: string; targetLanguageCode: string; transliterationConfig: TransliterationConfig }
interface TranslateTextResponse { glossaryTranslations: Translation[]; translations: Translation[] }
interface Translation { detectedLanguageCode: string; glossaryConfig: TranslateTextGlossaryConfig; model: string; translatedText: string }
interface TransliterationConfig { enableTransliteration: boolean }
interface WaitOperationRequest { timeout: string }
