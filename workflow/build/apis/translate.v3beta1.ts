// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of translate.v3beta1. */
export interface $Methods {
    "googleapis.translate.v3beta1.projects.detectLanguage": $Method<"parent", object, DetectLanguageRequest, DetectLanguageResponse>;
    "googleapis.translate.v3beta1.projects.getSupportedLanguages": $Method<"parent", { displayLanguageCode: string; model: string }, never, SupportedLanguages>;
    "googleapis.translate.v3beta1.projects.locations.batchTranslateDocument": $Method<"parent", object, BatchTranslateDocumentRequest, Operation>;
    "googleapis.translate.v3beta1.projects.locations.batchTranslateText": $Method<"parent", object, BatchTranslateTextRequest, Operation>;
    "googleapis.translate.v3beta1.projects.locations.detectLanguage": $Method<"parent", object, DetectLanguageRequest, DetectLanguageResponse>;
    "googleapis.translate.v3beta1.projects.locations.get": $Method<"name", object, never, Location>;
    "googleapis.translate.v3beta1.projects.locations.getSupportedLanguages": $Method<"parent", { displayLanguageCode: string; model: string }, never, SupportedLanguages>;
    "googleapis.translate.v3beta1.projects.locations.glossaries.create": $Method<"parent", object, Glossary, Operation>;
    "googleapis.translate.v3beta1.projects.locations.glossaries.delete": $Method<"name", object, never, Operation>;
    "googleapis.translate.v3beta1.projects.locations.glossaries.get": $Method<"name", object, never, Glossary>;
    "googleapis.translate.v3beta1.projects.locations.glossaries.list": $Method<"parent", { filter: string; pageSize: number; pageToken: string }, never, ListGlossariesResponse>;
    "googleapis.translate.v3beta1.projects.locations.list": $Method<"name", { extraLocationTypes: string | string[]; filter: string; pageSize: number; pageToken: string }, never, ListLocationsResponse>;
    "googleapis.translate.v3beta1.projects.locations.operations.cancel": $Method<"name", object, CancelOperationRequest, Empty>;
    "googleapis.translate.v3beta1.projects.locations.operations.delete": $Method<"name", object, never, Empty>;
    "googleapis.translate.v3beta1.projects.locations.operations.get": $Method<"name", object, never, Operation>;
    "googleapis.translate.v3beta1.projects.locations.operations.list": $Method<"name", { filter: string; pageSize: number; pageToken: string; returnPartialSuccess: boolean }, never, ListOperationsResponse>;
    "googleapis.translate.v3beta1.projects.locations.operations.wait": $Method<"name", object, WaitOperationRequest, Operation>;
    "googleapis.translate.v3beta1.projects.locations.refineText": $Method<"parent", object, RefineTextRequest, RefineTextResponse>;
    "googleapis.translate.v3beta1.projects.locations.translateDocument": $Method<"parent", object, TranslateDocumentRequest, TranslateDocumentResponse>;
    "googleapis.translate.v3beta1.projects.locations.translateText": $Method<"parent", object, TranslateTextRequest, TranslateTextResponse>;
    "googleapis.translate.v3beta1.projects.translateText": $Method<"parent", object, TranslateTextRequest, TranslateTextResponse>;
}

interface BatchDocumentInputConfig { gcsSource: GcsSource }
interface BatchDocumentOutputConfig { gcsDestination: GcsDestination }
interface BatchTranslateDocumentRequest { customizedAttribution: string; enableRotationCorrection: boolean; enableShadowRemovalNativePdf: boolean; formatConversions: { [key: string]: string }; glossaries: { [key: string]: TranslateTextGlossaryConfig }; inputConfigs: BatchDocumentInputConfig[]; models: { [key: string]: string }; outputConfig: BatchDocumentOutputConfig; pdfNativeOnly: boolean; sourceLanguageCode: string; targetLanguageCodes: string[] }
interface BatchTranslateTextRequest { glossaries: { [key: string]: TranslateTextGlossaryConfig }; inputConfigs: InputConfig[]; labels: { [key: string]: string }; models: { [key: string]: string }; outputConfig: OutputConfig; sourceLanguageCode: string; targetLanguageCodes: string[] }
interface CancelOperationRequest {  }
interface DetectLanguageRequest { content: string; labels: { [key: string]: string }; mimeType: string; model: string }
interface DetectLanguageResponse { languages: DetectedLanguage[] }
interface DetectedLanguage { confidence: number; languageCode: string }
interface DocumentInputConfig { content: string; gcsSource: GcsSource; mimeType: string }
interface DocumentOutputConfig { gcsDestination: GcsDestination; mimeType: string }
interface DocumentTranslation { byteStreamOutputs: string[]; detectedLanguageCode: string; mimeType: string }
interface Empty {  }
interface GcsDestination { outputUriPrefix: string }
interface GcsSource { inputUri: string }
interface Glossary { endTime: string; entryCount: number; inputConfig: GlossaryInputConfig; languageCodesSet: LanguageCodesSet; languagePair: LanguageCodePair; name: string; submitTime: string }
interface GlossaryInputConfig { gcsSource: GcsSource }
interface InputConfig { gcsSource: GcsSource; mimeType: string }
interface LanguageCodePair { sourceLanguageCode: string; targetLanguageCode: string }
interface LanguageCodesSet { languageCodes: string[] }
interface ListGlossariesResponse { glossaries: Glossary[]; nextPageToken: string }
interface ListLocationsResponse { locations: Location[]; nextPageToken: string }
interface ListOperationsResponse { nextPageToken: string; operations: Operation[]; unreachable: string[] }
interface Location { displayName: string; labels: { [key: string]: string }; locationId: string; metadata: { [key: string]: unknown }; name: string }
interface Operation { done: boolean; error: Status; metadata: { [key: string]: unknown }; name: string; response: { [key: string]: unknown } }
interface OutputConfig { gcsDestination: GcsDestination }
interface RefineTextRequest { refinementEntries: RefinementEntry[]; sourceLanguageCode: string; targetLanguageCode: string }
interface RefineTextResponse { refinedTranslations: string[] }
interface RefinementEntry { originalTranslation: string; sourceText: string }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface SupportedLanguage { displayName: string; languageCode: string; supportSource: boolean; supportTarget: boolean }
interface SupportedLanguages { languages: SupportedLanguage[] }
interface TranslateDocumentRequest { customizedAttribution: string; documentInputConfig: DocumentInputConfig; documentOutputConfig: DocumentOutputConfig; enableRotationCorrection: boolean; enableShadowRemovalNativePdf: boolean; glossaryConfig: TranslateTextGlossaryConfig; isTranslateNativePdfOnly: boolean; labels: { [key: string]: string }; model: string; sourceLanguageCode: string; targetLanguageCode: string }
interface TranslateDocumentResponse { documentTranslation: DocumentTranslation; glossaryConfig: TranslateTextGlossaryConfig; glossaryDocumentTranslation: DocumentTranslation; model: string }
interface TranslateTextGlossaryConfig { contextualTranslationEnabled: boolean; glossary: string; ignoreCase: boolean }
interface TranslateTextRequest { contents: string[]; glossaryConfig: TranslateTextGlossaryConfig; labels: { [key: string]: string }; mimeType: string; model: string; sourceLanguageCode: string; targetLanguageCode: string }
interface TranslateTextResponse { glossaryTranslations: Translation[]; translations: Translation[] }
interface Translation { detectedLanguageCode: string; glossaryConfig: TranslateTextGlossaryConfig; model: string; translatedText: string }
interface WaitOperationRequest { timeout: string }
