// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of transcoder.v1. */
export interface $Methods {
    "googleapis.transcoder.v1.projects.locations.jobTemplates.create": $Method<"parent", { jobTemplateId: string }, JobTemplate, JobTemplate>;
    "googleapis.transcoder.v1.projects.locations.jobTemplates.delete": $Method<"name", { allowMissing: boolean }, never, Empty>;
    "googleapis.transcoder.v1.projects.locations.jobTemplates.get": $Method<"name", object, never, JobTemplate>;
    "googleapis.transcoder.v1.projects.locations.jobTemplates.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListJobTemplatesResponse>;
    "googleapis.transcoder.v1.projects.locations.jobs.create": $Method<"parent", object, Job, Job>;
    "googleapis.transcoder.v1.projects.locations.jobs.delete": $Method<"name", { allowMissing: boolean }, never, Empty>;
    "googleapis.transcoder.v1.projects.locations.jobs.get": $Method<"name", object, never, Job>;
    "googleapis.transcoder.v1.projects.locations.jobs.list": $Method<"parent", { filter: string; orderBy: string; pageSize: number; pageToken: string }, never, ListJobsResponse>;
}

interface AdBreak { startTimeOffset: string }
interface Aes128Encryption {  }
interface Animation { animationEnd: AnimationEnd; animationFade: AnimationFade; animationStatic: AnimationStatic }
interface AnimationEnd { startTimeOffset: string }
interface AnimationFade { endTimeOffset: string; fadeType: "FADE_TYPE_UNSPECIFIED" | "FADE_IN" | "FADE_OUT"; startTimeOffset: string; xy: NormalizedCoordinate }
interface AnimationStatic { startTimeOffset: string; xy: NormalizedCoordinate }
interface Audio { highBoost: boolean; lowBoost: boolean; lufs: number }
interface AudioMapping { atomKey: string; gainDb: number; inputChannel: number; inputKey: string; inputTrack: number; outputChannel: number }
interface AudioStream { bitrateBps: number; channelCount: number; channelLayout: string[]; codec: string; displayName: string; languageCode: string; mapping: AudioMapping[]; sampleRateHertz: number }
interface BwdifConfig { deinterlaceAllFrames: boolean; mode: string; parity: string }
interface Clearkey {  }
interface Color { brightness: number; contrast: number; saturation: number }
interface Crop { bottomPixels: number; leftPixels: number; rightPixels: number; topPixels: number }
interface DashConfig { segmentReferenceScheme: "SEGMENT_REFERENCE_SCHEME_UNSPECIFIED" | "SEGMENT_LIST" | "SEGMENT_TEMPLATE_NUMBER" }
interface Deblock { enabled: boolean; strength: number }
interface Deinterlace { bwdif: BwdifConfig; yadif: YadifConfig }
interface Denoise { strength: number; tune: string }
interface DrmSystems { clearkey: Clearkey; fairplay: Fairplay; playready: Playready; widevine: Widevine }
interface EditAtom { endTimeOffset: string; inputs: string[]; key: string; startTimeOffset: string }
interface ElementaryStream { audioStream: AudioStream; key: string; textStream: TextStream; videoStream: VideoStream }
interface Empty {  }
interface Encryption { aes128: Aes128Encryption; drmSystems: DrmSystems; id: string; mpegCenc: MpegCommonEncryption; sampleAes: SampleAesEncryption; secretManagerKeySource: SecretManagerSource }
interface Fairplay {  }
interface Fmp4Config { codecTag: string }
interface H264CodecSettings { allowOpenGop: boolean; aqStrength: number; bFrameCount: number; bPyramid: boolean; bitrateBps: number; crfLevel: number; enableTwoPass: boolean; entropyCoder: string; frameRate: number; frameRateConversionStrategy: "FRAME_RATE_CONVERSION_STRATEGY_UNSPECIFIED" | "DOWNSAMPLE" | "DROP_DUPLICATE"; gopDuration: string; gopFrameCount: number; heightPixels: number; hlg: H264ColorFormatHLG; pixelFormat: string; preset: string; profile: string; rateControlMode: string; sdr: H264ColorFormatSDR; tune: string; vbvFullnessBits: number; vbvSizeBits: number; widthPixels: number }
interface H264ColorFormatHLG {  }
interface H264ColorFormatSDR {  }
interface H265CodecSettings { allowOpenGop: boolean; aqStrength: number; bFrameCount: number; bPyramid: boolean; bitrateBps: number; crfLevel: number; enableTwoPass: boolean; frameRate: number; frameRateConversionStrategy: "FRAME_RATE_CONVERSION_STRATEGY_UNSPECIFIED" | "DOWNSAMPLE" | "DROP_DUPLICATE"; gopDuration: string; gopFrameCount: number; hdr10: H265ColorFormatHDR10; heightPixels: number; hlg: H265ColorFormatHLG; pixelFormat: string; preset: string; profile: string; rateControlMode: string; sdr: H265ColorFormatSDR; tune: string; vbvFullnessBits: number; vbvSizeBits: number; widthPixels: number }
interface H265ColorFormatHDR10 {  }
interface H265ColorFormatHLG {  }
interface H265ColorFormatSDR {  }
interface Image { alpha: number; resolution: NormalizedCoordinate; uri: string }
interface Input { attributes: InputAttributes; key: string; preprocessingConfig: PreprocessingConfig; uri: string }
interface InputAttributes { trackDefinitions: TrackDefinition[] }
interface Job { batchModePriority: number; config: JobConfig; createTime: string; endTime: string; error: Status; fillContentGaps: boolean; inputUri: string; labels: { [key: string]: string }; mode: "PROCESSING_MODE_UNSPECIFIED" | "PROCESSING_MODE_INTERACTIVE" | "PROCESSING_MODE_BATCH"; name: string; optimization: "OPTIMIZATION_STRATEGY_UNSPECIFIED" | "AUTODETECT" | "DISABLED"; outputUri: string; startTime: string; state: "PROCESSING_STATE_UNSPECIFIED" | "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED"; templateId: string; ttlAfterCompletionDays: number }
interface JobConfig { adBreaks: AdBreak[]; editList: EditAtom[]; elementaryStreams: ElementaryStream[]; encryptions: Encryption[]; inputs: Input[]; manifests: Manifest[]; muxStreams: MuxStream[]; output: Output; overlays: Overlay[]; pubsubDestination: PubsubDestination; spriteSheets: SpriteSheet[] }
interface JobTemplate { config: JobConfig; labels: { [key: string]: string }; name: string }
interface ListJobTemplatesResponse { jobTemplates: JobTemplate[]; nextPageToken: string; unreachable: string[] }
interface ListJobsResponse { jobs: Job[]; nextPageToken: string; unreachable: string[] }
interface Manifest { dash: DashConfig; fileName: string; muxStreams: string[]; type: "MANIFEST_TYPE_UNSPECIFIED" | "HLS" | "DASH" }
interface MpegCommonEncryption { scheme: string }
interface MuxStream { container: string; elementaryStreams: string[]; encryptionId: string; fileName: string; fmp4: Fmp4Config; key: string; segmentSettings: SegmentSettings }
interface NormalizedCoordinate { x: number; y: number }
interface Output { uri: string }
interface Overlay { animations: Animation[]; image: Image }
interface Pad { bottomPixels: number; leftPixels: number; rightPixels: number; topPixels: number }
interface Playready {  }
interface PreprocessingConfig { audio: Audio; color: Color; crop: Crop; deblock: Deblock; deinterlace: Deinterlace; denoise: Denoise; pad: Pad }
interface PubsubDestination { topic: string }
interface SampleAesEncryption {  }
interface SecretManagerSource { secretVersion: string }
interface SegmentSettings { individualSegments: boolean; segmentDuration: string }
interface SpriteSheet { columnCount: number; endTimeOffset: string; filePrefix: string; format: string; interval: string; quality: number; rowCount: number; spriteHeightPixels: number; spriteWidthPixels: number; startTimeOffset: string; totalCount: number }
interface Status { code: number; details: { [key: string]: unknown }[]; message: string }
interface TextMapping { atomKey: string; inputKey: string; inputTrack: number }
interface TextStream { codec: string; displayName: string; languageCode: string; mapping: TextMapping[] }
interface TrackDefinition { detectLanguages: boolean; detectedLanguages: string[]; inputTrack: number; languages: string[] }
interface VideoStream { h264: H264CodecSettings; h265: H265CodecSettings; vp9: Vp9CodecSettings }
interface Vp9CodecSettings { bitrateBps: number; crfLevel: number; frameRate: number; frameRateConversionStrategy: "FRAME_RATE_CONVERSION_STRATEGY_UNSPECIFIED" | "DOWNSAMPLE" | "DROP_DUPLICATE"; gopDuration: string; gopFrameCount: number; heightPixels: number; hlg: Vp9ColorFormatHLG; pixelFormat: string; profile: string; rateControlMode: string; sdr: Vp9ColorFormatSDR; widthPixels: number }
interface Vp9ColorFormatHLG {  }
interface Vp9ColorFormatSDR {  }
interface Widevine {  }
interface YadifConfig { deinterlaceAllFrames: boolean; disableSpatialInterlacing: boolean; mode: string; parity: string }
