//! The codes of what is found on pages, in the lock and in comparing them with documents, each declared once.

tablature_openapi::codes! {
    /// The page names a model, and the tables of that name differ. None is more likely than the others, so the member
    /// stays free.
    AMBIGUOUS_MODEL = warning "ambiguous-model" help "write the reference that is meant";

    /// An example alone shows the body of a request. It becomes a free-form object, since an example is no contract.
    ASSUMED_BODY = warning "assumed-body";

    /// The heading of the first column is not known, while the others are those of a table of members. Its cells are
    /// taken for names, since each of them can be one.
    ASSUMED_COLUMN = warning "assumed-column" help "name the heading in a vocabulary, under `columns` and `name`";

    /// A table of an operation stands below a heading that is not known. What is not in the path is taken for parameters of
    /// the query, which is wrong where the table describes an answer.
    ASSUMED_PARAMETERS = warning "assumed-parameters" help "name the heading in a vocabulary, under `sections`";

    /// The page describes a body of a response and does not tell its status. It is taken for that of the success.
    ASSUMED_STATUS = warning "assumed-status";

    /// The page says that the responses stand on another page. The operation gets a draft `default` response.
    COMMON_RESPONSES = warning "common-responses";

    /// A path ends where the text does, or a brace of it is not closed. What is missing is unknown.
    CUT_PATH = error "cut-path";

    /// An example is not JSON. The rendering of the page damaged it, so that nothing can be compared with it.
    DAMAGED_EXAMPLE = warning "damaged-example";

    /// A table has a heading and no rows. Generators leave such tables out, so rows are likely lost.
    EMPTY_TABLE = error allowable "empty-table";

    /// A JSON example contradicts the rows of its body, lacks a member that they require, or has one without a row. Either
    /// the example or the table is wrong.
    EXAMPLE_MISMATCH = warning "example-mismatch" help "find out what servers do, and correct the document by it";

    /// A row is a field of a form, which has no parameter in OpenAPI. It is left out of the draft.
    FORM_ROW = warning "form-row" help "describe it in the body, as `multipart/form-data`";

    /// The rendering lost cells of a table. They count as unknown until another page of the product gives them.
    LOST_CELLS = warning "lost-cells";

    /// A type names a model that no page describes. It becomes a free-form object in a draft.
    MISSING_MODEL = warning "missing-model";

    /// A chapter lists an operation at its beginning and does not describe it. The page is likely cut.
    MISSING_OPERATION = error allowable "missing-operation";

    /// A variable of the path has no row. It becomes a string in a draft.
    MISSING_PARAMETER = warning "missing-parameter";

    /// A table of members has lost the name of its model. It cannot be referred to and is left out of the draft.
    NAMELESS_MODEL = warning "nameless-model";

    /// A parameter has lost its name or its location. It is left out of the draft.
    NAMELESS_ROW = warning "nameless-row";

    /// Tables of an operation stand on the page, and no method with a path that is understood. Nothing can be made of
    /// rows that belong to nothing.
    NO_OPERATION = error "no-operation" help "a vocabulary can tell how this site writes operations";

    /// A method stands below a heading that is not a path. It belongs to no operation.
    NO_PATH = error "no-path";

    /// The page does not list the responses of an operation to the end. It is likely cut; allowed, the operation gets
    /// a draft `default` response.
    NO_RESPONSE = error allowable "no-response";

    /// All responses that the page lists are failures. The emitted operation then answers nothing.
    NO_SUCCESS = warning "no-success" help "add the success to the draft";

    /// A recorded row is not in the documents as the page has it. Either the document or the page is wrong.
    NOT_COVERED = error "not-covered";

    /// A row stands among the parameters of the path and is not in it. It is left out of the draft.
    NOT_IN_PATH = warning "not-in-path";

    /// Neither an operation nor a model was found on the page. It is prose, or in a form that is not understood.
    NOTHING_READ = error "nothing-read";

    /// Redoc or Swagger UI lay the page out of an OpenAPI document. It says more than the page and needs no reading.
    OPENAPI_PAGE = error "openapi-page" help "save that document and give it to `codegen --schema`";

    /// Two tables have one name and another shape. They become two models.
    OTHER_SHAPE = warning "other-shape" help "make them one, or give this one a better name";

    /// A table has two rows of one name. The first one counts, since a model has a member once.
    REPEATED_ROW = warning "repeated-row";

    /// Two pages describe one operation. The first one counts.
    SECOND_OPERATION = warning "second-operation";

    /// A sentence states a default, a range, values, a unit or a deprecation that no cell of its row has. It is a proposal:
    /// a sentence is not read with certainty, so nothing of it is taken.
    STATED_IN_PROSE = warning "stated-in-prose" help "write it into the document if it is so";

    /// An element names a page and another source. It has one provenance.
    TWO_SOURCES = error "two-sources";

    /// An element names a table that has no row for it. Its provenance is wrong, or the page changed.
    UNDOCUMENTED = error "undocumented";

    /// An element names a page that the lock does not have. Nothing can be compared with it.
    UNKNOWN_PAGE = error "unknown-page";

    /// An element names a table that its page does not have. Tables are counted from 1 over the whole page.
    UNKNOWN_TABLE = error "unknown-table";

    /// A waiver waives nothing. What it was for is gone, and a waiver that stays would hide the next deviation.
    UNNEEDED_WAIVER = error "unneeded-waiver" help "remove it, or correct its page, table, row and cells";

    /// A row cannot be read: it is cut, or its cells do not fit the columns. Allowed, it is left out.
    UNREAD_ROW = error allowable "unread-row";

    /// The columns of a table are not known. None of its rows is read.
    UNREAD_TABLE = warning "unread-table" help "name its columns in a vocabulary";

    /// A table describes a model that nothing refers to. Either a reference is not understood or the table is a rest.
    UNUSED_MODEL = warning "unused-model";
}
