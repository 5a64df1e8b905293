// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of forms.v1. */
export interface $Methods {
    "googleapis.forms.v1.forms.batchUpdate": $Method<"formId", object, BatchUpdateFormRequest, BatchUpdateFormResponse>;
    "googleapis.forms.v1.forms.create": $Method<never, { unpublished: boolean }, Form, Form>;
    "googleapis.forms.v1.forms.get": $Method<"formId", object, never, Form>;
    "googleapis.forms.v1.forms.responses.get": $Method<"formId" | "responseId", object, never, FormResponse>;
    "googleapis.forms.v1.forms.responses.list": $Method<"formId", { filter: string; pageSize: number; pageToken: string }, never, ListFormResponsesResponse>;
    "googleapis.forms.v1.forms.setPublishSettings": $Method<"formId", object, SetPublishSettingsRequest, SetPublishSettingsResponse>;
    "googleapis.forms.v1.forms.watches.create": $Method<"formId", object, CreateWatchRequest, Watch>;
    "googleapis.forms.v1.forms.watches.delete": $Method<"formId" | "watchId", object, never, Empty>;
    "googleapis.forms.v1.forms.watches.list": $Method<"formId", object, never, ListWatchesResponse>;
    "googleapis.forms.v1.forms.watches.renew": $Method<"formId" | "watchId", object, RenewWatchRequest, Watch>;
}

interface Answer { fileUploadAnswers: FileUploadAnswers; grade: Grade; questionId: string; textAnswers: TextAnswers }
interface BatchUpdateFormRequest { includeFormInResponse: boolean; requests: Request[]; writeControl: WriteControl }
interface BatchUpdateFormResponse { form: Form; replies: Response[]; writeControl: WriteControl }
interface ChoiceQuestion { options: Option[]; shuffle: boolean; type: "CHOICE_TYPE_UNSPECIFIED" | "RADIO" | "CHECKBOX" | "DROP_DOWN" }
interface CloudPubsubTopic { topicName: string }
interface CorrectAnswer { value: string }
interface CorrectAnswers { answers: CorrectAnswer[] }
interface CreateItemRequest { item: Item; location: Location }
interface CreateItemResponse { itemId: string; questionId: string[] }
interface CreateWatchRequest { watch: Watch; watchId: string }
interface DateQuestion { includeTime: boolean; includeYear: boolean }
interface DeleteItemRequest { location: Location }
interface Empty {  }
interface ExtraMaterial { link: TextLink; video: VideoLink }
interface Feedback { material: ExtraMaterial[]; text: string }
interface FileUploadAnswer { fileId: string; fileName: string; mimeType: string }
interface FileUploadAnswers { answers: FileUploadAnswer[] }
interface FileUploadQuestion { folderId: string; maxFileSize: string | number; maxFiles: number; types: ("FILE_TYPE_UNSPECIFIED" | "ANY" | "DOCUMENT" | "PRESENTATION" | "SPREADSHEET" | "DRAWING" | "PDF" | "IMAGE" | "VIDEO" | "AUDIO")[] }
interface Form { formId: string; info: Info; items: Item[]; linkedSheetId: string; publishSettings: PublishSettings; responderUri: string; revisionId: string; settings: FormSettings }
interface FormResponse { answers: { [key: string]: Answer }; createTime: string; formId: string; lastSubmittedTime: string; respondentEmail: string; responseId: string; totalScore: number }
interface FormSettings { emailCollectionType: "EMAIL_COLLECTION_TYPE_UNSPECIFIED" | "DO_NOT_COLLECT" | "VERIFIED" | "RESPONDER_INPUT"; quizSettings: QuizSettings }
interface Grade { correct: boolean; feedback: Feedback; score: number }
interface Grading { correctAnswers: CorrectAnswers; generalFeedback: Feedback; pointValue: number; whenRight: Feedback; whenWrong: Feedback }
interface Grid { columns: ChoiceQuestion; shuffleQuestions: boolean }
interface Image { altText: string; contentUri: string; properties: MediaProperties; sourceUri: string }
interface ImageItem { image: Image }
interface Info { description: string; documentTitle: string; title: string }
interface Item { description: string; imageItem: ImageItem; itemId: string; pageBreakItem: PageBreakItem; questionGroupItem: QuestionGroupItem; questionItem: QuestionItem; textItem: TextItem; title: string; videoItem: VideoItem }
interface ListFormResponsesResponse { nextPageToken: string; responses: FormResponse[] }
interface ListWatchesResponse { watches: Watch[] }
interface Location { index: number }
interface MediaProperties { alignment: "ALIGNMENT_UNSPECIFIED" | "LEFT" | "RIGHT" | "CENTER"; width: number }
interface MoveItemRequest { newLocation: Location; originalLocation: Location }
interface Option { goToAction: "GO_TO_ACTION_UNSPECIFIED" | "NEXT_SECTION" | "RESTART_FORM" | "SUBMIT_FORM"; goToSectionId: string; image: Image; isOther: boolean; value: string }
interface PageBreakItem {  }
interface PublishSettings { publishState: PublishState }
interface PublishState { isAcceptingResponses: boolean; isPublished: boolean }
interface Question { choiceQuestion: ChoiceQuestion; dateQuestion: DateQuestion; fileUploadQuestion: FileUploadQuestion; grading: Grading; questionId: string; ratingQuestion: RatingQuestion; required: boolean; rowQuestion: RowQuestion; scaleQuestion: ScaleQuestion; textQuestion: TextQuestion; timeQuestion: TimeQuestion }
interface QuestionGroupItem { grid: Grid; image: Image; questions: Question[] }
interface QuestionItem { image: Image; question: Question }
interface QuizSettings { isQuiz: boolean }
interface RatingQuestion { iconType: "RATING_ICON_TYPE_UNSPECIFIED" | "STAR" | "HEART" | "THUMB_UP"; ratingScaleLevel: number }
interface RenewWatchRequest {  }
interface Request { createItem: CreateItemRequest; deleteItem: DeleteItemRequest; moveItem: MoveItemRequest; updateFormInfo: UpdateFormInfoRequest; updateItem: UpdateItemRequest; updateSettings: UpdateSettingsRequest }
interface Response { createItem: CreateItemResponse }
interface RowQuestion { title: string }
interface ScaleQuestion { high: number; highLabel: string; low: number; lowLabel: string }
interface SetPublishSettingsRequest { publishSettings: PublishSettings; updateMask: string }
interface SetPublishSettingsResponse { formId: string; publishSettings: PublishSettings }
interface TextAnswer { value: string }
interface TextAnswers { answers: TextAnswer[] }
interface TextItem {  }
interface TextLink { displayText: string; uri: string }
interface TextQuestion { paragraph: boolean }
interface TimeQuestion { duration: boolean }
interface UpdateFormInfoRequest { info: Info; updateMask: string }
interface UpdateItemRequest { item: Item; location: Location; updateMask: string }
interface UpdateSettingsRequest { settings: FormSettings; updateMask: string }
interface Video { properties: MediaProperties; youtubeUri: string }
interface VideoItem { caption: string; video: Video }
interface VideoLink { displayText: string; youtubeUri: string }
interface Watch { createTime: string; errorType: "ERROR_TYPE_UNSPECIFIED" | "PROJECT_NOT_AUTHORIZED" | "NO_USER_ACCESS" | "OTHER_ERRORS"; eventType: "EVENT_TYPE_UNSPECIFIED" | "SCHEMA" | "RESPONSES"; expireTime: string; id: string; state: "STATE_UNSPECIFIED" | "ACTIVE" | "SUSPENDED"; target: WatchTarget }
interface WatchTarget { topic: CloudPubsubTopic }
interface WriteControl { requiredRevisionId: string; targetRevisionId: string }
