// Made by scripts/generate/connector_types.py from Google's discovery documents.
import type { Method as $Method } from "../method";

/** The methods of sheets.v4. */
export interface $Methods {
    "googleapis.sheets.v4.spreadsheets.batchUpdate": $Method<"spreadsheetId", object, BatchUpdateSpreadsheetRequest, BatchUpdateSpreadsheetResponse>;
    "googleapis.sheets.v4.spreadsheets.create": $Method<never, object, Spreadsheet, Spreadsheet>;
    "googleapis.sheets.v4.spreadsheets.developerMetadata.get": $Method<"spreadsheetId" | "metadataId", object, never, DeveloperMetadata>;
    "googleapis.sheets.v4.spreadsheets.developerMetadata.search": $Method<"spreadsheetId", object, SearchDeveloperMetadataRequest, SearchDeveloperMetadataResponse>;
    "googleapis.sheets.v4.spreadsheets.get": $Method<"spreadsheetId", { commentsViewMode: "COMMENTS_VIEW_MODE_UNSPECIFIED" | "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS" | "COMMENTS_VIEW_MODE_OMITTED" | "COMMENTS_VIEW_MODE_INCLUDED"; excludeTablesInBandedRanges: boolean; includeGridData: boolean; ranges: string | string[] }, never, Spreadsheet>;
    "googleapis.sheets.v4.spreadsheets.getByDataFilter": $Method<"spreadsheetId", object, GetSpreadsheetByDataFilterRequest, Spreadsheet>;
    "googleapis.sheets.v4.spreadsheets.sheets.copyTo": $Method<"spreadsheetId" | "sheetId", object, CopySheetToAnotherSpreadsheetRequest, SheetProperties>;
    "googleapis.sheets.v4.spreadsheets.values.append": $Method<"spreadsheetId" | "range", { includeValuesInResponse: boolean; insertDataOption: "OVERWRITE" | "INSERT_ROWS"; responseDateTimeRenderOption: "SERIAL_NUMBER" | "FORMATTED_STRING"; responseValueRenderOption: "FORMATTED_VALUE" | "UNFORMATTED_VALUE" | "FORMULA"; valueInputOption: "INPUT_VALUE_OPTION_UNSPECIFIED" | "RAW" | "USER_ENTERED" }, ValueRange, AppendValuesResponse>;
    "googleapis.sheets.v4.spreadsheets.values.batchClear": $Method<"spreadsheetId", object, BatchClearValuesRequest, BatchClearValuesResponse>;
    "googleapis.sheets.v4.spreadsheets.values.batchClearByDataFilter": $Method<"spreadsheetId", object, BatchClearValuesByDataFilterRequest, BatchClearValuesByDataFilterResponse>;
    "googleapis.sheets.v4.spreadsheets.values.batchGet": $Method<"spreadsheetId", { dateTimeRenderOption: "SERIAL_NUMBER" | "FORMATTED_STRING"; majorDimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; ranges: string | string[]; valueRenderOption: "FORMATTED_VALUE" | "UNFORMATTED_VALUE" | "FORMULA" }, never, BatchGetValuesResponse>;
    "googleapis.sheets.v4.spreadsheets.values.batchGetByDataFilter": $Method<"spreadsheetId", object, BatchGetValuesByDataFilterRequest, BatchGetValuesByDataFilterResponse>;
    "googleapis.sheets.v4.spreadsheets.values.batchUpdate": $Method<"spreadsheetId", object, BatchUpdateValuesRequest, BatchUpdateValuesResponse>;
    "googleapis.sheets.v4.spreadsheets.values.batchUpdateByDataFilter": $Method<"spreadsheetId", object, BatchUpdateValuesByDataFilterRequest, BatchUpdateValuesByDataFilterResponse>;
    "googleapis.sheets.v4.spreadsheets.values.clear": $Method<"spreadsheetId" | "range", object, ClearValuesRequest, ClearValuesResponse>;
    "googleapis.sheets.v4.spreadsheets.values.get": $Method<"spreadsheetId" | "range", { dateTimeRenderOption: "SERIAL_NUMBER" | "FORMATTED_STRING"; majorDimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; valueRenderOption: "FORMATTED_VALUE" | "UNFORMATTED_VALUE" | "FORMULA" }, never, ValueRange>;
    "googleapis.sheets.v4.spreadsheets.values.update": $Method<"spreadsheetId" | "range", { includeValuesInResponse: boolean; responseDateTimeRenderOption: "SERIAL_NUMBER" | "FORMATTED_STRING"; responseValueRenderOption: "FORMATTED_VALUE" | "UNFORMATTED_VALUE" | "FORMULA"; valueInputOption: "INPUT_VALUE_OPTION_UNSPECIFIED" | "RAW" | "USER_ENTERED" }, ValueRange, UpdateValuesResponse>;
}

interface AddBandingRequest { bandedRange: BandedRange }
interface AddBandingResponse { bandedRange: BandedRange }
interface AddChartRequest { chart: EmbeddedChart }
interface AddChartResponse { chart: EmbeddedChart }
interface AddCommentReplyRequest { commentId: string; post: Post }
interface AddCommentReplyResponse { post: Post }
interface AddConditionalFormatRuleRequest { index: number; rule: ConditionalFormatRule }
interface AddDataSourceRequest { dataSource: DataSource }
interface AddDataSourceResponse { dataExecutionStatus: DataExecutionStatus; dataSource: DataSource }
interface AddDimensionGroupRequest { range: DimensionRange }
interface AddDimensionGroupResponse { dimensionGroups: DimensionGroup[] }
interface AddFilterViewRequest { filter: FilterView }
interface AddFilterViewResponse { filter: FilterView }
interface AddNamedRangeRequest { namedRange: NamedRange }
interface AddNamedRangeResponse { namedRange: NamedRange }
interface AddProtectedRangeRequest { protectedRange: ProtectedRange }
interface AddProtectedRangeResponse { protectedRange: ProtectedRange }
interface AddSheetRequest { properties: SheetProperties }
interface AddSheetResponse { properties: SheetProperties }
interface AddSlicerRequest { slicer: Slicer }
interface AddSlicerResponse { slicer: Slicer }
interface AddTableRequest { table: Table }
interface AddTableResponse { table: Table }
interface AppendCellsRequest { fields: string; rows: RowData[]; sheetId: number; tableId: string }
interface AppendDimensionRequest { dimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; length: number; sheetId: number }
interface AppendValuesResponse { spreadsheetId: string; tableRange: string; updates: UpdateValuesResponse }
interface AutoFillRequest { range: GridRange; sourceAndDestination: SourceAndDestination; useAlternateSeries: boolean }
interface AutoResizeDimensionsRequest { dataSourceSheetDimensions: DataSourceSheetDimensionRange; dimensions: DimensionRange }
interface BandedRange { bandedRangeId: number; bandedRangeReference: string; columnProperties: BandingProperties; range: GridRange; rowProperties: BandingProperties }
interface BandingProperties { firstBandColor: Color; firstBandColorStyle: ColorStyle; footerColor: Color; footerColorStyle: ColorStyle; headerColor: Color; headerColorStyle: ColorStyle; secondBandColor: Color; secondBandColorStyle: ColorStyle }
interface BaselineValueFormat { comparisonType: "COMPARISON_TYPE_UNDEFINED" | "ABSOLUTE_DIFFERENCE" | "PERCENTAGE_DIFFERENCE"; description: string; negativeColor: Color; negativeColorStyle: ColorStyle; position: TextPosition; positiveColor: Color; positiveColorStyle: ColorStyle; textFormat: TextFormat }
interface BasicChartAxis { format: TextFormat; position: "BASIC_CHART_AXIS_POSITION_UNSPECIFIED" | "BOTTOM_AXIS" | "LEFT_AXIS" | "RIGHT_AXIS"; title: string; titleTextPosition: TextPosition; viewWindowOptions: ChartAxisViewWindowOptions }
interface BasicChartDomain { domain: ChartData; reversed: boolean }
interface BasicChartSeries { color: Color; colorStyle: ColorStyle; dataLabel: DataLabel; lineStyle: LineStyle; pointStyle: PointStyle; series: ChartData; styleOverrides: BasicSeriesDataPointStyleOverride[]; targetAxis: "BASIC_CHART_AXIS_POSITION_UNSPECIFIED" | "BOTTOM_AXIS" | "LEFT_AXIS" | "RIGHT_AXIS"; type: "BASIC_CHART_TYPE_UNSPECIFIED" | "BAR" | "LINE" | "AREA" | "COLUMN" | "SCATTER" | "COMBO" | "STEPPED_AREA" }
interface BasicChartSpec { axis: BasicChartAxis[]; chartType: "BASIC_CHART_TYPE_UNSPECIFIED" | "BAR" | "LINE" | "AREA" | "COLUMN" | "SCATTER" | "COMBO" | "STEPPED_AREA"; compareMode: "BASIC_CHART_COMPARE_MODE_UNSPECIFIED" | "DATUM" | "CATEGORY"; domains: BasicChartDomain[]; headerCount: number; interpolateNulls: boolean; legendPosition: "BASIC_CHART_LEGEND_POSITION_UNSPECIFIED" | "BOTTOM_LEGEND" | "LEFT_LEGEND" | "RIGHT_LEGEND" | "TOP_LEGEND" | "NO_LEGEND"; lineSmoothing: boolean; series: BasicChartSeries[]; stackedType: "BASIC_CHART_STACKED_TYPE_UNSPECIFIED" | "NOT_STACKED" | "STACKED" | "PERCENT_STACKED"; threeDimensional: boolean; totalDataLabel: DataLabel }
interface BasicFilter { criteria: { [key: string]: FilterCriteria }; filterSpecs: FilterSpec[]; range: GridRange; sortSpecs: SortSpec[]; tableId: string }
interface BasicSeriesDataPointStyleOverride { color: Color; colorStyle: ColorStyle; index: number; pointStyle: PointStyle }
interface BatchClearValuesByDataFilterRequest { dataFilters: DataFilter[] }
interface BatchClearValuesByDataFilterResponse { clearedRanges: string[]; spreadsheetId: string }
interface BatchClearValuesRequest { ranges: string[] }
interface BatchClearValuesResponse { clearedRanges: string[]; spreadsheetId: string }
interface BatchGetValuesByDataFilterRequest { dataFilters: DataFilter[]; dateTimeRenderOption: "SERIAL_NUMBER" | "FORMATTED_STRING"; majorDimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; valueRenderOption: "FORMATTED_VALUE" | "UNFORMATTED_VALUE" | "FORMULA" }
interface BatchGetValuesByDataFilterResponse { spreadsheetId: string; valueRanges: MatchedValueRange[] }
interface BatchGetValuesResponse { spreadsheetId: string; valueRanges: ValueRange[] }
interface BatchUpdateSpreadsheetRequest { commentsViewMode: "COMMENTS_VIEW_MODE_UNSPECIFIED" | "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS" | "COMMENTS_VIEW_MODE_OMITTED" | "COMMENTS_VIEW_MODE_INCLUDED"; includeSpreadsheetInResponse: boolean; requests: Request[]; responseIncludeGridData: boolean; responseRanges: string[] }
interface BatchUpdateSpreadsheetResponse { commentUpdateState: "COMMENT_UPDATE_STATE_UNSPECIFIED" | "NO_UPDATES_REQUESTED" | "ALL_SAVED" | "ALL_FAILED_UNKNOWN_REASON"; replies: Response[]; spreadsheetId: string; updatedSpreadsheet: Spreadsheet }
interface BatchUpdateValuesByDataFilterRequest { data: DataFilterValueRange[]; includeValuesInResponse: boolean; responseDateTimeRenderOption: "SERIAL_NUMBER" | "FORMATTED_STRING"; responseValueRenderOption: "FORMATTED_VALUE" | "UNFORMATTED_VALUE" | "FORMULA"; valueInputOption: "INPUT_VALUE_OPTION_UNSPECIFIED" | "RAW" | "USER_ENTERED" }
interface BatchUpdateValuesByDataFilterResponse { responses: UpdateValuesByDataFilterResponse[]; spreadsheetId: string; totalUpdatedCells: number; totalUpdatedColumns: number; totalUpdatedRows: number; totalUpdatedSheets: number }
interface BatchUpdateValuesRequest { data: ValueRange[]; includeValuesInResponse: boolean; responseDateTimeRenderOption: "SERIAL_NUMBER" | "FORMATTED_STRING"; responseValueRenderOption: "FORMATTED_VALUE" | "UNFORMATTED_VALUE" | "FORMULA"; valueInputOption: "INPUT_VALUE_OPTION_UNSPECIFIED" | "RAW" | "USER_ENTERED" }
interface BatchUpdateValuesResponse { responses: UpdateValuesResponse[]; spreadsheetId: string; totalUpdatedCells: number; totalUpdatedColumns: number; totalUpdatedRows: number; totalUpdatedSheets: number }
interface BigQueryDataSourceSpec { projectId: string; querySpec: BigQueryQuerySpec; tableSpec: BigQueryTableSpec }
interface BigQueryQuerySpec { rawQuery: string }
interface BigQueryTableSpec { datasetId: string; tableId: string; tableProjectId: string }
interface BooleanCondition { type: "CONDITION_TYPE_UNSPECIFIED" | "NUMBER_GREATER" | "NUMBER_GREATER_THAN_EQ" | "NUMBER_LESS" | "NUMBER_LESS_THAN_EQ" | "NUMBER_EQ" | "NUMBER_NOT_EQ" | "NUMBER_BETWEEN" | "NUMBER_NOT_BETWEEN" | "TEXT_CONTAINS" | "TEXT_NOT_CONTAINS" | "TEXT_STARTS_WITH" | "TEXT_ENDS_WITH" | "TEXT_EQ" | "TEXT_IS_EMAIL" | "TEXT_IS_URL" | "DATE_EQ" | "DATE_BEFORE" | "DATE_AFTER" | "DATE_ON_OR_BEFORE" | "DATE_ON_OR_AFTER" | "DATE_BETWEEN" | "DATE_NOT_BETWEEN" | "DATE_IS_VALID" | "ONE_OF_RANGE" | "ONE_OF_LIST" | "BLANK" | "NOT_BLANK" | "CUSTOM_FORMULA" | "BOOLEAN" | "TEXT_NOT_EQ" | "DATE_NOT_EQ" | "FILTER_EXPRESSION"; values: ConditionValue[] }
interface BooleanRule { condition: BooleanCondition; format: CellFormat }
interface Border { color: Color; colorStyle: ColorStyle; style: "STYLE_UNSPECIFIED" | "DOTTED" | "DASHED" | "SOLID" | "SOLID_MEDIUM" | "SOLID_THICK" | "NONE" | "DOUBLE"; width: number }
interface Borders { bottom: Border; left: Border; right: Border; top: Border }
interface BubbleChartSpec { bubbleBorderColor: Color; bubbleBorderColorStyle: ColorStyle; bubbleLabels: ChartData; bubbleMaxRadiusSize: number; bubbleMinRadiusSize: number; bubbleOpacity: number; bubbleSizes: ChartData; bubbleTextStyle: TextFormat; domain: ChartData; groupIds: ChartData; legendPosition: "BUBBLE_CHART_LEGEND_POSITION_UNSPECIFIED" | "BOTTOM_LEGEND" | "LEFT_LEGEND" | "RIGHT_LEGEND" | "TOP_LEGEND" | "NO_LEGEND" | "INSIDE_LEGEND"; series: ChartData }
interface CancelDataSourceRefreshRequest { dataSourceId: string; isAll: boolean; references: DataSourceObjectReferences }
interface CancelDataSourceRefreshResponse { statuses: CancelDataSourceRefreshStatus[] }
interface CancelDataSourceRefreshStatus { reference: DataSourceObjectReference; refreshCancellationStatus: RefreshCancellationStatus }
interface CandlestickChartSpec { data: CandlestickData[]; domain: CandlestickDomain }
interface CandlestickData { closeSeries: CandlestickSeries; highSeries: CandlestickSeries; lowSeries: CandlestickSeries; openSeries: CandlestickSeries }
interface CandlestickDomain { data: ChartData; reversed: boolean }
interface CandlestickSeries { data: ChartData }
interface CellData { chipRuns: ChipRun[]; dataSourceFormula: DataSourceFormula; dataSourceTable: DataSourceTable; dataValidation: DataValidationRule; effectiveFormat: CellFormat; effectiveValue: ExtendedValue; formattedValue: string; hyperlink: string; note: string; pivotTable: PivotTable; textFormatRuns: TextFormatRun[]; userEnteredFormat: CellFormat; userEnteredValue: ExtendedValue }
interface CellFormat { backgroundColor: Color; backgroundColorStyle: ColorStyle; borders: Borders; horizontalAlignment: "HORIZONTAL_ALIGN_UNSPECIFIED" | "LEFT" | "CENTER" | "RIGHT"; hyperlinkDisplayType: "HYPERLINK_DISPLAY_TYPE_UNSPECIFIED" | "LINKED" | "PLAIN_TEXT"; numberFormat: NumberFormat; padding: Padding; textDirection: "TEXT_DIRECTION_UNSPECIFIED" | "LEFT_TO_RIGHT" | "RIGHT_TO_LEFT"; textFormat: TextFormat; textRotation: TextRotation; verticalAlignment: "VERTICAL_ALIGN_UNSPECIFIED" | "TOP" | "MIDDLE" | "BOTTOM"; wrapStrategy: "WRAP_STRATEGY_UNSPECIFIED" | "OVERFLOW_CELL" | "LEGACY_WRAP" | "CLIP" | "WRAP" }
interface ChartAxisViewWindowOptions { viewWindowMax: number; viewWindowMin: number; viewWindowMode: "DEFAULT_VIEW_WINDOW_MODE" | "VIEW_WINDOW_MODE_UNSUPPORTED" | "EXPLICIT" | "PRETTY" }
interface ChartCustomNumberFormatOptions { prefix: string; suffix: string }
interface ChartData { aggregateType: "CHART_AGGREGATE_TYPE_UNSPECIFIED" | "AVERAGE" | "COUNT" | "MAX" | "MEDIAN" | "MIN" | "SUM"; columnReference: DataSourceColumnReference; groupRule: ChartGroupRule; sourceRange: ChartSourceRange }
interface ChartDateTimeRule { type: "CHART_DATE_TIME_RULE_TYPE_UNSPECIFIED" | "SECOND" | "MINUTE" | "HOUR" | "HOUR_MINUTE" | "HOUR_MINUTE_AMPM" | "DAY_OF_WEEK" | "DAY_OF_YEAR" | "DAY_OF_MONTH" | "DAY_MONTH" | "MONTH" | "QUARTER" | "YEAR" | "YEAR_MONTH" | "YEAR_QUARTER" | "YEAR_MONTH_DAY" }
interface ChartGroupRule { dateTimeRule: ChartDateTimeRule; histogramRule: ChartHistogramRule }
interface ChartHistogramRule { intervalSize: number; maxValue: number; minValue: number }
interface ChartSourceRange { sources: GridRange[] }
interface ChartSpec { altText: string; backgroundColor: Color; backgroundColorStyle: ColorStyle; basicChart: BasicChartSpec; bubbleChart: BubbleChartSpec; candlestickChart: CandlestickChartSpec; dataSourceChartProperties: DataSourceChartProperties; filterSpecs: FilterSpec[]; fontName: string; hiddenDimensionStrategy: "CHART_HIDDEN_DIMENSION_STRATEGY_UNSPECIFIED" | "SKIP_HIDDEN_ROWS_AND_COLUMNS" | "SKIP_HIDDEN_ROWS" | "SKIP_HIDDEN_COLUMNS" | "SHOW_ALL"; histogramChart: HistogramChartSpec; maximized: boolean; orgChart: OrgChartSpec; pieChart: PieChartSpec; scorecardChart: ScorecardChartSpec; sortSpecs: SortSpec[]; subtitle: string; subtitleTextFormat: TextFormat; subtitleTextPosition: TextPosition; title: string; titleTextFormat: TextFormat; titleTextPosition: TextPosition; treemapChart: TreemapChartSpec; waterfallChart: WaterfallChartSpec }
interface Chip { personProperties: PersonProperties; richLinkProperties: RichLinkProperties }
interface ChipRun { chip: Chip; startIndex: number }
interface ClearBasicFilterRequest { sheetId: number }
interface ClearValuesRequest {  }
interface ClearValuesResponse { clearedRange: string; spreadsheetId: string }
interface Color { alpha: number; blue: number; green: number; red: number }
interface ColorStyle { rgbColor: Color; themeColor: "THEME_COLOR_TYPE_UNSPECIFIED" | "TEXT" | "BACKGROUND" | "ACCENT1" | "ACCENT2" | "ACCENT3" | "ACCENT4" | "ACCENT5" | "ACCENT6" | "LINK" }
interface CommentAnchor { anchorId: string; range: GridRange }
interface CommentThread { anchorId: string; commentId: string; headPost: Post; plainTextQuote: string; replies: Post[]; status: "STATUS_UNSPECIFIED" | "OPEN" | "RESOLVED" }
interface ConditionValue { relativeDate: "RELATIVE_DATE_UNSPECIFIED" | "PAST_YEAR" | "PAST_MONTH" | "PAST_WEEK" | "YESTERDAY" | "TODAY" | "TOMORROW"; userEnteredValue: string }
interface ConditionalFormatRule { booleanRule: BooleanRule; gradientRule: GradientRule; ranges: GridRange[] }
interface CopyPasteRequest { destination: GridRange; pasteOrientation: "NORMAL" | "TRANSPOSE"; pasteType: "PASTE_NORMAL" | "PASTE_VALUES" | "PASTE_FORMAT" | "PASTE_NO_BORDERS" | "PASTE_FORMULA" | "PASTE_DATA_VALIDATION" | "PASTE_CONDITIONAL_FORMATTING"; source: GridRange }
interface CopySheetToAnotherSpreadsheetRequest { destinationSpreadsheetId: string }
interface CreateDeveloperMetadataRequest { developerMetadata: DeveloperMetadata }
interface CreateDeveloperMetadataResponse { developerMetadata: DeveloperMetadata }
interface CutPasteRequest { destination: GridCoordinate; pasteType: "PASTE_NORMAL" | "PASTE_VALUES" | "PASTE_FORMAT" | "PASTE_NO_BORDERS" | "PASTE_FORMULA" | "PASTE_DATA_VALIDATION" | "PASTE_CONDITIONAL_FORMATTING"; source: GridRange }
interface DataExecutionStatus { errorCode: "DATA_EXECUTION_ERROR_CODE_UNSPECIFIED" | "TIMED_OUT" | "TOO_MANY_ROWS" | "TOO_MANY_COLUMNS" | "TOO_MANY_CELLS" | "ENGINE" | "PARAMETER_INVALID" | "UNSUPPORTED_DATA_TYPE" | "DUPLICATE_COLUMN_NAMES" | "INTERRUPTED" | "CONCURRENT_QUERY" | "OTHER" | "TOO_MANY_CHARS_PER_CELL" | "DATA_NOT_FOUND" | "PERMISSION_DENIED" | "MISSING_COLUMN_ALIAS" | "OBJECT_NOT_FOUND" | "OBJECT_IN_ERROR_STATE" | "OBJECT_SPEC_INVALID" | "DATA_EXECUTION_CANCELLED"; errorMessage: string; lastRefreshTime: string; state: "DATA_EXECUTION_STATE_UNSPECIFIED" | "NOT_STARTED" | "RUNNING" | "CANCELLING" | "SUCCEEDED" | "FAILED" }
interface DataFilter { a1Range: string; developerMetadataLookup: DeveloperMetadataLookup; gridRange: GridRange }
interface DataFilterValueRange { dataFilter: DataFilter; majorDimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; values: unknown[][] }
interface DataLabel { customLabelData: ChartData; placement: "DATA_LABEL_PLACEMENT_UNSPECIFIED" | "CENTER" | "LEFT" | "RIGHT" | "ABOVE" | "BELOW" | "INSIDE_END" | "INSIDE_BASE" | "OUTSIDE_END"; textFormat: TextFormat; type: "DATA_LABEL_TYPE_UNSPECIFIED" | "NONE" | "DATA" | "CUSTOM" }
interface DataSource { calculatedColumns: DataSourceColumn[]; dataSourceId: string; sheetId: number; spec: DataSourceSpec }
interface DataSourceChartProperties { dataExecutionStatus: DataExecutionStatus; dataSourceId: string }
interface DataSourceColumn { formula: string; reference: DataSourceColumnReference }
interface DataSourceColumnReference { name: string }
interface DataSourceFormula { dataExecutionStatus: DataExecutionStatus; dataSourceId: string }
interface DataSourceObjectReference { chartId: number; dataSourceFormulaCell: GridCoordinate; dataSourcePivotTableAnchorCell: GridCoordinate; dataSourceTableAnchorCell: GridCoordinate; sheetId: string }
interface DataSourceObjectReferences { references: DataSourceObjectReference[] }
interface DataSourceParameter { name: string; namedRangeId: string; range: GridRange }
interface DataSourceRefreshDailySchedule { startTime: TimeOfDay }
interface DataSourceRefreshMonthlySchedule { daysOfMonth: number[]; startTime: TimeOfDay }
interface DataSourceRefreshSchedule { dailySchedule: DataSourceRefreshDailySchedule; enabled: boolean; monthlySchedule: DataSourceRefreshMonthlySchedule; nextRun: Interval; refreshScope: "DATA_SOURCE_REFRESH_SCOPE_UNSPECIFIED" | "ALL_DATA_SOURCES"; weeklySchedule: DataSourceRefreshWeeklySchedule }
interface DataSourceRefreshWeeklySchedule { daysOfWeek: ("DAY_OF_WEEK_UNSPECIFIED" | "MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[]; startTime: TimeOfDay }
interface DataSourceSheetDimensionRange { columnReferences: DataSourceColumnReference[]; sheetId: number }
interface DataSourceSheetProperties { columns: DataSourceColumn[]; dataExecutionStatus: DataExecutionStatus; dataSourceId: string }
interface DataSourceSpec { bigQuery: BigQueryDataSourceSpec; looker: LookerDataSourceSpec; parameters: DataSourceParameter[] }
interface DataSourceTable { columnSelectionType: "DATA_SOURCE_TABLE_COLUMN_SELECTION_TYPE_UNSPECIFIED" | "SELECTED" | "SYNC_ALL"; columns: DataSourceColumnReference[]; dataExecutionStatus: DataExecutionStatus; dataSourceId: string; filterSpecs: FilterSpec[]; rowLimit: number; sortSpecs: SortSpec[] }
interface DataValidationRule { condition: BooleanCondition; inputMessage: string; showCustomUi: boolean; strict: boolean }
interface DateTimeRule { type: "DATE_TIME_RULE_TYPE_UNSPECIFIED" | "SECOND" | "MINUTE" | "HOUR" | "HOUR_MINUTE" | "HOUR_MINUTE_AMPM" | "DAY_OF_WEEK" | "DAY_OF_YEAR" | "DAY_OF_MONTH" | "DAY_MONTH" | "MONTH" | "QUARTER" | "YEAR" | "YEAR_MONTH" | "YEAR_QUARTER" | "YEAR_MONTH_DAY" }
interface DeleteBandingRequest { bandedRangeId: number }
interface DeleteCommentReplyRequest { commentId: string; postId: string }
interface DeleteCommentRequest { commentId: string }
interface DeleteConditionalFormatRuleRequest { index: number; sheetId: number }
interface DeleteConditionalFormatRuleResponse { rule: ConditionalFormatRule }
interface DeleteDataSourceRequest { dataSourceId: string }
interface DeleteDeveloperMetadataRequest { dataFilter: DataFilter }
interface DeleteDeveloperMetadataResponse { deletedDeveloperMetadata: DeveloperMetadata[] }
interface DeleteDimensionGroupRequest { range: DimensionRange }
interface DeleteDimensionGroupResponse { dimensionGroups: DimensionGroup[] }
interface DeleteDimensionRequest { range: DimensionRange }
interface DeleteDuplicatesRequest { comparisonColumns: DimensionRange[]; range: GridRange }
interface DeleteDuplicatesResponse { duplicatesRemovedCount: number }
interface DeleteEmbeddedObjectRequest { objectId: number }
interface DeleteFilterViewRequest { filterId: number }
interface DeleteNamedRangeRequest { namedRangeId: string }
interface DeleteProtectedRangeRequest { protectedRangeId: number }
interface DeleteRangeRequest { range: GridRange; shiftDimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS" }
interface DeleteSheetRequest { sheetId: number }
interface DeleteTableRequest { tableId: string }
interface DeveloperMetadata { location: DeveloperMetadataLocation; metadataId: number; metadataKey: string; metadataValue: string; visibility: "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED" | "DOCUMENT" | "PROJECT" }
interface DeveloperMetadataLocation { dimensionRange: DimensionRange; locationType: "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED" | "ROW" | "COLUMN" | "SHEET" | "SPREADSHEET"; sheetId: number; spreadsheet: boolean }
interface DeveloperMetadataLookup { locationMatchingStrategy: "DEVELOPER_METADATA_LOCATION_MATCHING_STRATEGY_UNSPECIFIED" | "EXACT_LOCATION" | "INTERSECTING_LOCATION"; locationType: "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED" | "ROW" | "COLUMN" | "SHEET" | "SPREADSHEET"; metadataId: number; metadataKey: string; metadataLocation: DeveloperMetadataLocation; metadataValue: string; visibility: "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED" | "DOCUMENT" | "PROJECT" }
interface DimensionGroup { collapsed: boolean; depth: number; range: DimensionRange }
interface DimensionProperties { dataSourceColumnReference: DataSourceColumnReference; developerMetadata: DeveloperMetadata[]; hiddenByFilter: boolean; hiddenByUser: boolean; pixelSize: number }
interface DimensionRange { dimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; endIndex: number; sheetId: number; startIndex: number }
interface DuplicateFilterViewRequest { filterId: number }
interface DuplicateFilterViewResponse { filter: FilterView }
interface DuplicateSheetRequest { insertSheetIndex: number; newSheetId: number; newSheetName: string; sourceSheetId: number }
interface DuplicateSheetResponse { properties: SheetProperties }
interface Editors { domainUsersCanEdit: boolean; groups: string[]; users: string[] }
interface EmbeddedChart { border: EmbeddedObjectBorder; chartId: number; position: EmbeddedObjectPosition; spec: ChartSpec }
interface EmbeddedObjectBorder { color: Color; colorStyle: ColorStyle }
interface EmbeddedObjectPosition { newSheet: boolean; overlayPosition: OverlayPosition; sheetId: number }
interface ErrorValue { message: string; type: "ERROR_TYPE_UNSPECIFIED" | "ERROR" | "NULL_VALUE" | "DIVIDE_BY_ZERO" | "VALUE" | "REF" | "NAME" | "NUM" | "N_A" | "LOADING" }
interface ExtendedValue { boolValue: boolean; errorValue: ErrorValue; formulaValue: string; numberValue: number; stringValue: string }
interface FilterCriteria { condition: BooleanCondition; hiddenValues: string[]; visibleBackgroundColor: Color; visibleBackgroundColorStyle: ColorStyle; visibleForegroundColor: Color; visibleForegroundColorStyle: ColorStyle }
interface FilterSpec { columnIndex: number; dataSourceColumnReference: DataSourceColumnReference; filterCriteria: FilterCriteria }
interface FilterView { criteria: { [key: string]: FilterCriteria }; filterSpecs: FilterSpec[]; filterViewId: number; namedRangeId: string; range: GridRange; sortSpecs: SortSpec[]; tableId: string; title: string }
interface FindReplaceRequest { allSheets: boolean; find: string; includeFormulas: boolean; matchCase: boolean; matchEntireCell: boolean; range: GridRange; replacement: string; searchByRegex: boolean; sheetId: number }
interface FindReplaceResponse { formulasChanged: number; occurrencesChanged: number; rowsChanged: number; sheetsChanged: number; valuesChanged: number }
interface GetSpreadsheetByDataFilterRequest { commentsViewMode: "COMMENTS_VIEW_MODE_UNSPECIFIED" | "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS" | "COMMENTS_VIEW_MODE_OMITTED" | "COMMENTS_VIEW_MODE_INCLUDED"; dataFilters: DataFilter[]; excludeTablesInBandedRanges: boolean; includeGridData: boolean }
interface GradientRule { maxpoint: InterpolationPoint; midpoint: InterpolationPoint; minpoint: InterpolationPoint }
interface GridCoordinate { columnIndex: number; rowIndex: number; sheetId: number }
interface GridData { columnMetadata: DimensionProperties[]; rowData: RowData[]; rowMetadata: DimensionProperties[]; startColumn: number; startRow: number }
interface GridProperties { columnCount: number; columnGroupControlAfter: boolean; frozenColumnCount: number; frozenRowCount: number; hideGridlines: boolean; rowCount: number; rowGroupControlAfter: boolean }
interface GridRange { endColumnIndex: number; endRowIndex: number; sheetId: number; startColumnIndex: number; startRowIndex: number }
interface HistogramChartSpec { bucketSize: number; legendPosition: "HISTOGRAM_CHART_LEGEND_POSITION_UNSPECIFIED" | "BOTTOM_LEGEND" | "LEFT_LEGEND" | "RIGHT_LEGEND" | "TOP_LEGEND" | "NO_LEGEND" | "INSIDE_LEGEND"; outlierPercentile: number; series: HistogramSeries[]; showItemDividers: boolean }
interface HistogramRule { end: number; interval: number; start: number }
interface HistogramSeries { barColor: Color; barColorStyle: ColorStyle; data: ChartData }
interface InsertCommentRequest { assigneeEmailAddress: string; content: string; coordinate: GridCoordinate }
interface InsertCommentResponse { commentThread: CommentThread }
interface InsertDimensionRequest { inheritFromBefore: boolean; range: DimensionRange }
interface InsertRangeRequest { range: GridRange; shiftDimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS" }
interface InterpolationPoint { color: Color; colorStyle: ColorStyle; type: "INTERPOLATION_POINT_TYPE_UNSPECIFIED" | "MIN" | "MAX" | "NUMBER" | "PERCENT" | "PERCENTILE"; value: string }
interface Interval { endTime: string; startTime: string }
interface IterativeCalculationSettings { convergenceThreshold: number; maxIterations: number }
interface KeyValueFormat { position: TextPosition; textFormat: TextFormat }
interface LineStyle { type: "LINE_DASH_TYPE_UNSPECIFIED" | "INVISIBLE" | "CUSTOM" | "SOLID" | "DOTTED" | "MEDIUM_DASHED" | "MEDIUM_DASHED_DOTTED" | "LONG_DASHED" | "LONG_DASHED_DOTTED"; width: number }
interface Link { uri: string }
interface LookerDataSourceSpec { explore: string; instanceUri: string; model: string }
interface ManualRule { groups: ManualRuleGroup[] }
interface ManualRuleGroup { groupName: ExtendedValue; items: ExtendedValue[] }
interface MatchedDeveloperMetadata { dataFilters: DataFilter[]; developerMetadata: DeveloperMetadata }
interface MatchedValueRange { dataFilters: DataFilter[]; valueRange: ValueRange }
interface MergeCellsRequest { mergeType: "MERGE_ALL" | "MERGE_COLUMNS" | "MERGE_ROWS"; range: GridRange }
interface MoveDimensionRequest { destinationIndex: number; source: DimensionRange }
interface NamedRange { name: string; namedRangeId: string; range: GridRange }
interface NumberFormat { pattern: string; type: "NUMBER_FORMAT_TYPE_UNSPECIFIED" | "TEXT" | "NUMBER" | "PERCENT" | "CURRENCY" | "DATE" | "TIME" | "DATE_TIME" | "SCIENTIFIC" }
interface OrgChartSpec { labels: ChartData; nodeColor: Color; nodeColorStyle: ColorStyle; nodeSize: "ORG_CHART_LABEL_SIZE_UNSPECIFIED" | "SMALL" | "MEDIUM" | "LARGE"; parentLabels: ChartData; selectedNodeColor: Color; selectedNodeColorStyle: ColorStyle; tooltips: ChartData }
interface OverlayPosition { anchorCell: GridCoordinate; heightPixels: number; offsetXPixels: number; offsetYPixels: number; widthPixels: number }
interface Padding { bottom: number; left: number; right: number; top: number }
interface PasteDataRequest { coordinate: GridCoordinate; data: string; delimiter: string; html: boolean; type: "PASTE_NORMAL" | "PASTE_VALUES" | "PASTE_FORMAT" | "PASTE_NO_BORDERS" | "PASTE_FORMULA" | "PASTE_DATA_VALIDATION" | "PASTE_CONDITIONAL_FORMATTING" }
interface PersonProperties { displayFormat: "DISPLAY_FORMAT_UNSPECIFIED" | "DEFAULT" | "LAST_NAME_COMMA_FIRST_NAME" | "EMAIL"; email: string }
interface PieChartSpec { domain: ChartData; legendPosition: "PIE_CHART_LEGEND_POSITION_UNSPECIFIED" | "BOTTOM_LEGEND" | "LEFT_LEGEND" | "RIGHT_LEGEND" | "TOP_LEGEND" | "NO_LEGEND" | "LABELED_LEGEND"; pieHole: number; series: ChartData; threeDimensional: boolean }
interface PivotFilterCriteria { condition: BooleanCondition; visibleByDefault: boolean; visibleValues: string[] }
interface PivotFilterSpec { columnOffsetIndex: number; dataSourceColumnReference: DataSourceColumnReference; filterCriteria: PivotFilterCriteria }
interface PivotGroup { dataSourceColumnReference: DataSourceColumnReference; groupLimit: PivotGroupLimit; groupRule: PivotGroupRule; label: string; repeatHeadings: boolean; showTotals: boolean; sortOrder: "SORT_ORDER_UNSPECIFIED" | "ASCENDING" | "DESCENDING"; sourceColumnOffset: number; valueBucket: PivotGroupSortValueBucket; valueMetadata: PivotGroupValueMetadata[] }
interface PivotGroupLimit { applyOrder: number; countLimit: number }
interface PivotGroupRule { dateTimeRule: DateTimeRule; histogramRule: HistogramRule; manualRule: ManualRule }
interface PivotGroupSortValueBucket { buckets: ExtendedValue[]; valuesIndex: number }
interface PivotGroupValueMetadata { collapsed: boolean; value: ExtendedValue }
interface PivotTable { columns: PivotGroup[]; criteria: { [key: string]: PivotFilterCriteria }; dataExecutionStatus: DataExecutionStatus; dataSourceId: string; filterSpecs: PivotFilterSpec[]; rows: PivotGroup[]; source: GridRange; valueLayout: "HORIZONTAL" | "VERTICAL"; values: PivotValue[] }
interface PivotValue { calculatedDisplayType: "PIVOT_VALUE_CALCULATED_DISPLAY_TYPE_UNSPECIFIED" | "PERCENT_OF_ROW_TOTAL" | "PERCENT_OF_COLUMN_TOTAL" | "PERCENT_OF_GRAND_TOTAL"; dataSourceColumnReference: DataSourceColumnReference; formula: string; name: string; sourceColumnOffset: number; summarizeFunction: "PIVOT_STANDARD_VALUE_FUNCTION_UNSPECIFIED" | "SUM" | "COUNTA" | "COUNT" | "COUNTUNIQUE" | "AVERAGE" | "MAX" | "MIN" | "MEDIAN" | "PRODUCT" | "STDEV" | "STDEVP" | "VAR" | "VARP" | "CUSTOM" | "NONE" }
interface PointStyle { shape: "POINT_SHAPE_UNSPECIFIED" | "CIRCLE" | "DIAMOND" | "HEXAGON" | "PENTAGON" | "SQUARE" | "STAR" | "TRIANGLE" | "X_MARK"; size: number }
interface Post { assigneeEmail: string; author: PostAuthor; commentAction: "COMMENT_ACTION_TYPE_UNSPECIFIED" | "NO_COMMENT_ACTION_CHANGE" | "RESOLVE" | "REOPEN"; content: string; contentHtml: string; createTime: string; deleted: boolean; fromCopiedSpreadsheet: boolean; fromImportedSpreadsheet: boolean; postId: string; updateTime: string }
interface PostAuthor { anonymous: boolean; displayName: string; me: boolean; user: string }
interface ProtectedRange { description: string; editors: Editors; namedRangeId: string; protectedRangeId: number; range: GridRange; requestingUserCanEdit: boolean; tableId: string; unprotectedRanges: GridRange[]; warningOnly: boolean }
interface RandomizeRangeRequest { range: GridRange }
interface RefreshCancellationStatus { errorCode: "REFRESH_CANCELLATION_ERROR_CODE_UNSPECIFIED" | "EXECUTION_NOT_FOUND" | "CANCEL_PERMISSION_DENIED" | "QUERY_EXECUTION_COMPLETED" | "CONCURRENT_CANCELLATION" | "CANCEL_OTHER_ERROR"; state: "REFRESH_CANCELLATION_STATE_UNSPECIFIED" | "CANCEL_SUCCEEDED" | "CANCEL_FAILED" }
interface RefreshDataSourceObjectExecutionStatus { dataExecutionStatus: DataExecutionStatus; reference: DataSourceObjectReference }
interface RefreshDataSourceRequest { dataSourceId: string; force: boolean; isAll: boolean; references: DataSourceObjectReferences }
interface RefreshDataSourceResponse { statuses: RefreshDataSourceObjectExecutionStatus[] }
interface RepeatCellRequest { cell: CellData; fields: string; range: GridRange }
interface Request { addBanding: AddBandingRequest; addChart: AddChartRequest; addCommentReply: AddCommentReplyRequest; addConditionalFormatRule: AddConditionalFormatRuleRequest; addDataSource: AddDataSourceRequest; addDimensionGroup: AddDimensionGroupRequest; addFilterView: AddFilterViewRequest; addNamedRange: AddNamedRangeRequest; addProtectedRange: AddProtectedRangeRequest; addSheet: AddSheetRequest; addSlicer: AddSlicerRequest; addTable: AddTableRequest; appendCells: AppendCellsRequest; appendDimension: AppendDimensionRequest; autoFill: AutoFillRequest; autoResizeDimensions: AutoResizeDimensionsRequest; cancelDataSourceRefresh: CancelDataSourceRefreshRequest; clearBasicFilter: ClearBasicFilterRequest; copyPaste: CopyPasteRequest; createDeveloperMetadata: CreateDeveloperMetadataRequest; cutPaste: CutPasteRequest; deleteBanding: DeleteBandingRequest; deleteComment: DeleteCommentRequest; deleteCommentReply: DeleteCommentReplyRequest; deleteConditionalFormatRule: DeleteConditionalFormatRuleRequest; deleteDataSource: DeleteDataSourceRequest; deleteDeveloperMetadata: DeleteDeveloperMetadataRequest; deleteDimension: DeleteDimensionRequest; deleteDimensionGroup: DeleteDimensionGroupRequest; deleteDuplicates: DeleteDuplicatesRequest; deleteEmbeddedObject: DeleteEmbeddedObjectRequest; deleteFilterView: DeleteFilterViewRequest; deleteNamedRange: DeleteNamedRangeRequest; deleteProtectedRange: DeleteProtectedRangeRequest; deleteRange: DeleteRangeRequest; deleteSheet: DeleteSheetRequest; deleteTable: DeleteTableRequest; duplicateFilterView: DuplicateFilterViewRequest; duplicateSheet: DuplicateSheetRequest; findReplace: FindReplaceRequest; insertComment: InsertCommentRequest; insertDimension: InsertDimensionRequest; insertRange: InsertRangeRequest; mergeCells: MergeCellsRequest; moveDimension: MoveDimensionRequest; pasteData: PasteDataRequest; randomizeRange: RandomizeRangeRequest; refreshDataSource: RefreshDataSourceRequest; repeatCell: RepeatCellRequest; setBasicFilter: SetBasicFilterRequest; setDataValidation: SetDataValidationRequest; sortRange: SortRangeRequest; textToColumns: TextToColumnsRequest; trimWhitespace: TrimWhitespaceRequest; unmergeCells: UnmergeCellsRequest; updateBanding: UpdateBandingRequest; updateBorders: UpdateBordersRequest; updateCells: UpdateCellsRequest; updateChartSpec: UpdateChartSpecRequest; updateCommentPost: UpdateCommentPostRequest; updateConditionalFormatRule: UpdateConditionalFormatRuleRequest; updateDataSource: UpdateDataSourceRequest; updateDeveloperMetadata: UpdateDeveloperMetadataRequest; updateDimensionGroup: UpdateDimensionGroupRequest; updateDimensionProperties: UpdateDimensionPropertiesRequest; updateEmbeddedObjectBorder: UpdateEmbeddedObjectBorderRequest; updateEmbeddedObjectPosition: UpdateEmbeddedObjectPositionRequest; updateFilterView: UpdateFilterViewRequest; updateNamedRange: UpdateNamedRangeRequest; updateProtectedRange: UpdateProtectedRangeRequest; updateSheetProperties: UpdateSheetPropertiesRequest; updateSlicerSpec: UpdateSlicerSpecRequest; updateSpreadsheetProperties: UpdateSpreadsheetPropertiesRequest; updateTable: UpdateTableRequest }
interface Response { addBanding: AddBandingResponse; addChart: AddChartResponse; addCommentReply: AddCommentReplyResponse; addDataSource: AddDataSourceResponse; addDimensionGroup: AddDimensionGroupResponse; addFilterView: AddFilterViewResponse; addNamedRange: AddNamedRangeResponse; addProtectedRange: AddProtectedRangeResponse; addSheet: AddSheetResponse; addSlicer: AddSlicerResponse; addTable: AddTableResponse; cancelDataSourceRefresh: CancelDataSourceRefreshResponse; createDeveloperMetadata: CreateDeveloperMetadataResponse; deleteConditionalFormatRule: DeleteConditionalFormatRuleResponse; deleteDeveloperMetadata: DeleteDeveloperMetadataResponse; deleteDimensionGroup: DeleteDimensionGroupResponse; deleteDuplicates: DeleteDuplicatesResponse; duplicateFilterView: DuplicateFilterViewResponse; duplicateSheet: DuplicateSheetResponse; findReplace: FindReplaceResponse; insertComment: InsertCommentResponse; refreshDataSource: RefreshDataSourceResponse; trimWhitespace: TrimWhitespaceResponse; updateConditionalFormatRule: UpdateConditionalFormatRuleResponse; updateDataSource: UpdateDataSourceResponse; updateDeveloperMetadata: UpdateDeveloperMetadataResponse; updateEmbeddedObjectPosition: UpdateEmbeddedObjectPositionResponse }
interface RichLinkProperties { mimeType: string; uri: string }
interface RowData { values: CellData[] }
interface ScorecardChartSpec { aggregateType: "CHART_AGGREGATE_TYPE_UNSPECIFIED" | "AVERAGE" | "COUNT" | "MAX" | "MEDIAN" | "MIN" | "SUM"; baselineValueData: ChartData; baselineValueFormat: BaselineValueFormat; customFormatOptions: ChartCustomNumberFormatOptions; keyValueData: ChartData; keyValueFormat: KeyValueFormat; numberFormatSource: "CHART_NUMBER_FORMAT_SOURCE_UNDEFINED" | "FROM_DATA" | "CUSTOM"; scaleFactor: number }
interface SearchDeveloperMetadataRequest { dataFilters: DataFilter[] }
interface SearchDeveloperMetadataResponse { matchedDeveloperMetadata: MatchedDeveloperMetadata[] }
interface SetBasicFilterRequest { filter: BasicFilter }
interface SetDataValidationRequest { filteredRowsIncluded: boolean; range: GridRange; rule: DataValidationRule }
interface Sheet { bandedRanges: BandedRange[]; basicFilter: BasicFilter; charts: EmbeddedChart[]; columnGroups: DimensionGroup[]; commentAnchors: CommentAnchor[]; conditionalFormats: ConditionalFormatRule[]; data: GridData[]; developerMetadata: DeveloperMetadata[]; filterViews: FilterView[]; merges: GridRange[]; properties: SheetProperties; protectedRanges: ProtectedRange[]; rowGroups: DimensionGroup[]; slicers: Slicer[]; tables: Table[] }
interface SheetProperties { dataSourceSheetProperties: DataSourceSheetProperties; gridProperties: GridProperties; hidden: boolean; index: number; rightToLeft: boolean; sheetId: number; sheetType: "SHEET_TYPE_UNSPECIFIED" | "GRID" | "OBJECT" | "DATA_SOURCE"; tabColor: Color; tabColorStyle: ColorStyle; title: string }
interface Slicer { position: EmbeddedObjectPosition; slicerId: number; spec: SlicerSpec }
interface SlicerSpec { applyToPivotTables: boolean; backgroundColor: Color; backgroundColorStyle: ColorStyle; columnIndex: number; dataRange: GridRange; filterCriteria: FilterCriteria; horizontalAlignment: "HORIZONTAL_ALIGN_UNSPECIFIED" | "LEFT" | "CENTER" | "RIGHT"; textFormat: TextFormat; title: string }
interface SortRangeRequest { range: GridRange; sortSpecs: SortSpec[] }
interface SortSpec { backgroundColor: Color; backgroundColorStyle: ColorStyle; dataSourceColumnReference: DataSourceColumnReference; dimensionIndex: number; foregroundColor: Color; foregroundColorStyle: ColorStyle; sortOrder: "SORT_ORDER_UNSPECIFIED" | "ASCENDING" | "DESCENDING" }
interface SourceAndDestination { dimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; fillLength: number; source: GridRange }
interface Spreadsheet { comments: CommentThread[]; commentsViewMode: "COMMENTS_VIEW_MODE_UNSPECIFIED" | "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS" | "COMMENTS_VIEW_MODE_OMITTED" | "COMMENTS_VIEW_MODE_INCLUDED"; dataSourceSchedules: DataSourceRefreshSchedule[]; dataSources: DataSource[]; developerMetadata: DeveloperMetadata[]; namedRanges: NamedRange[]; properties: SpreadsheetProperties; sheets: Sheet[]; spreadsheetId: string; spreadsheetUrl: string }
interface SpreadsheetProperties { autoRecalc: "RECALCULATION_INTERVAL_UNSPECIFIED" | "ON_CHANGE" | "MINUTE" | "HOUR"; defaultFormat: CellFormat; importFunctionsExternalUrlAccessAllowed: boolean; iterativeCalculationSettings: IterativeCalculationSettings; locale: string; spreadsheetTheme: SpreadsheetTheme; timeZone: string; title: string }
interface SpreadsheetTheme { primaryFontFamily: string; themeColors: ThemeColorPair[] }
interface Table { columnProperties: TableColumnProperties[]; name: string; range: GridRange; rowsProperties: TableRowsProperties; tableId: string }
interface TableColumnDataValidationRule { condition: BooleanCondition }
interface TableColumnProperties { columnIndex: number; columnName: string; columnType: "COLUMN_TYPE_UNSPECIFIED" | "DOUBLE" | "CURRENCY" | "PERCENT" | "DATE" | "TIME" | "DATE_TIME" | "TEXT" | "BOOLEAN" | "DROPDOWN" | "FILES_CHIP" | "PEOPLE_CHIP" | "FINANCE_CHIP" | "PLACE_CHIP" | "RATINGS_CHIP"; dataValidationRule: TableColumnDataValidationRule }
interface TableRowsProperties { firstBandColorStyle: ColorStyle; footerColorStyle: ColorStyle; headerColorStyle: ColorStyle; secondBandColorStyle: ColorStyle }
interface TextFormat { bold: boolean; fontFamily: string; fontSize: number; foregroundColor: Color; foregroundColorStyle: ColorStyle; italic: boolean; link: Link; strikethrough: boolean; underline: boolean }
interface TextFormatRun { format: TextFormat; startIndex: number }
interface TextPosition { horizontalAlignment: "HORIZONTAL_ALIGN_UNSPECIFIED" | "LEFT" | "CENTER" | "RIGHT" }
interface TextRotation { angle: number; vertical: boolean }
interface TextToColumnsRequest { delimiter: string; delimiterType: "DELIMITER_TYPE_UNSPECIFIED" | "COMMA" | "SEMICOLON" | "PERIOD" | "SPACE" | "CUSTOM" | "AUTODETECT"; source: GridRange }
interface ThemeColorPair { color: ColorStyle; colorType: "THEME_COLOR_TYPE_UNSPECIFIED" | "TEXT" | "BACKGROUND" | "ACCENT1" | "ACCENT2" | "ACCENT3" | "ACCENT4" | "ACCENT5" | "ACCENT6" | "LINK" }
interface TimeOfDay { hours: number; minutes: number; nanos: number; seconds: number }
interface TreemapChartColorScale { maxValueColor: Color; maxValueColorStyle: ColorStyle; midValueColor: Color; midValueColorStyle: ColorStyle; minValueColor: Color; minValueColorStyle: ColorStyle; noDataColor: Color; noDataColorStyle: ColorStyle }
interface TreemapChartSpec { colorData: ChartData; colorScale: TreemapChartColorScale; headerColor: Color; headerColorStyle: ColorStyle; hideTooltips: boolean; hintedLevels: number; labels: ChartData; levels: number; maxValue: number; minValue: number; parentLabels: ChartData; sizeData: ChartData; textFormat: TextFormat }
interface TrimWhitespaceRequest { range: GridRange }
interface TrimWhitespaceResponse { cellsChangedCount: number }
interface UnmergeCellsRequest { range: GridRange }
interface UpdateBandingRequest { bandedRange: BandedRange; fields: string }
interface UpdateBordersRequest { bottom: Border; innerHorizontal: Border; innerVertical: Border; left: Border; range: GridRange; right: Border; top: Border }
interface UpdateCellsRequest { fields: string; range: GridRange; rows: RowData[]; start: GridCoordinate }
interface UpdateChartSpecRequest { chartId: number; spec: ChartSpec }
interface UpdateCommentPostRequest { commentId: string; content: string; postId: string }
interface UpdateConditionalFormatRuleRequest { index: number; newIndex: number; rule: ConditionalFormatRule; sheetId: number }
interface UpdateConditionalFormatRuleResponse { newIndex: number; newRule: ConditionalFormatRule; oldIndex: number; oldRule: ConditionalFormatRule }
interface UpdateDataSourceRequest { dataSource: DataSource; fields: string }
interface UpdateDataSourceResponse { dataExecutionStatus: DataExecutionStatus; dataSource: DataSource }
interface UpdateDeveloperMetadataRequest { dataFilters: DataFilter[]; developerMetadata: DeveloperMetadata; fields: string }
interface UpdateDeveloperMetadataResponse { developerMetadata: DeveloperMetadata[] }
interface UpdateDimensionGroupRequest { dimensionGroup: DimensionGroup; fields: string }
interface UpdateDimensionPropertiesRequest { dataSourceSheetRange: DataSourceSheetDimensionRange; fields: string; properties: DimensionProperties; range: DimensionRange }
interface UpdateEmbeddedObjectBorderRequest { border: EmbeddedObjectBorder; fields: string; objectId: number }
interface UpdateEmbeddedObjectPositionRequest { fields: string; newPosition: EmbeddedObjectPosition; objectId: number }
interface UpdateEmbeddedObjectPositionResponse { position: EmbeddedObjectPosition }
interface UpdateFilterViewRequest { fields: string; filter: FilterView }
interface UpdateNamedRangeRequest { fields: string; namedRange: NamedRange }
interface UpdateProtectedRangeRequest { fields: string; protectedRange: ProtectedRange }
interface UpdateSheetPropertiesRequest { fields: string; properties: SheetProperties }
interface UpdateSlicerSpecRequest { fields: string; slicerId: number; spec: SlicerSpec }
interface UpdateSpreadsheetPropertiesRequest { fields: string; properties: SpreadsheetProperties }
interface UpdateTableRequest { fields: string; table: Table }
interface UpdateValuesByDataFilterResponse { dataFilter: DataFilter; updatedCells: number; updatedColumns: number; updatedData: ValueRange; updatedRange: string; updatedRows: number }
interface UpdateValuesResponse { spreadsheetId: string; updatedCells: number; updatedColumns: number; updatedData: ValueRange; updatedRange: string; updatedRows: number }
interface ValueRange { majorDimension: "DIMENSION_UNSPECIFIED" | "ROWS" | "COLUMNS"; range: string; values: unknown[][] }
interface WaterfallChartColumnStyle { color: Color; colorStyle: ColorStyle; label: string }
interface WaterfallChartCustomSubtotal { dataIsSubtotal: boolean; label: string; subtotalIndex: number }
interface WaterfallChartDomain { data: ChartData; reversed: boolean }
interface WaterfallChartSeries { customSubtotals: WaterfallChartCustomSubtotal[]; data: ChartData; dataLabel: DataLabel; hideTrailingSubtotal: boolean; negativeColumnsStyle: WaterfallChartColumnStyle; positiveColumnsStyle: WaterfallChartColumnStyle; subtotalColumnsStyle: WaterfallChartColumnStyle }
interface WaterfallChartSpec { connectorLineStyle: LineStyle; domain: WaterfallChartDomain; firstValueIsTotal: boolean; hideConnectorLines: boolean; series: WaterfallChartSeries[]; stackedType: "WATERFALL_STACKED_TYPE_UNSPECIFIED" | "STACKED" | "SEQUENTIAL"; totalDataLabel: DataLabel }
