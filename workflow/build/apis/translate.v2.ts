// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of translate.v2. */
export interface $Methods {
    "googleapis.translate.v2.detections.detect": $Method<never, object, DetectLanguageRequest, DetectionsListResponse>;
    "googleapis.translate.v2.detections.list": $Method<never, { q: string | string[] }, never, DetectionsListResponse>;
    "googleapis.translate.v2.languages.list": $Method<never, { model: string; target: string }, never, LanguagesListResponse>;
    "googleapis.translate.v2.translations.list": $Method<never, { cid: string | string[]; format: "html" | "text"; model: string; q: string | string[]; source: string; target: string }, never, TranslationsListResponse>;
    "googleapis.translate.v2.translations.translate": $Method<never, object, TranslateTextRequest, TranslationsListResponse>;
}

interface DetectLanguageRequest { q: string[] }
interface DetectionsListResponse { detections: DetectionsResource[] }
type DetectionsResource = { confidence: number; isReliable: boolean; language: string }[];
interface LanguagesListResponse { languages: LanguagesResource[] }
interface LanguagesResource { language: string; name: string }
interface TranslateTextRequest { format: string; model: string; q: string[]; source: string; target: string }
interface TranslationsListResponse { translations: TranslationsResource[] }
interface TranslationsResource { detectedSourceLanguage: string; model: string; translatedText: string }
