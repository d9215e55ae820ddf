//! The codes of what is found in documents, each declared once: its severity, its help and why it is reported.

crate::codes! {
    /// References lead to each other and to nothing else, or a thing is read in place of a reference within itself.
    /// There is no value at the end of the chain, so nothing can be emitted for it.
    CIRCULAR_REFERENCE = error "circular-reference";

    /// The name of a component has characters that OpenAPI does not allow there. Other tools may refuse it, while the
    /// name of the type is made of what is left.
    COMPONENT_NAME = warning "component-name";

    /// A reference leads to a place where nothing stands, often because of a misspelt name. What was meant is unknown,
    /// so neither a type nor a request can be made of it.
    DANGLING_REFERENCE = error "dangling-reference";

    /// An object has a key twice, and JSON does not say which value counts. Tools differ, so one of them would send
    /// something else than another.
    DUPLICATE_KEY = error "duplicate-key";

    /// Two operations of a document have one `operationId`, which OpenAPI forbids. Operations are named by it.
    DUPLICATE_OPERATION_ID = error "duplicate-operation-id" help "give one of the operations another `operationId`";

    /// A list has two parameters of one name and one location. Only one of them could be sent.
    DUPLICATE_PARAMETER = error "duplicate-parameter";

    /// Two paths differ only in the names of their parameters, which OpenAPI forbids. A server cannot tell requests to
    /// them apart, but requests can be made for both.
    DUPLICATE_PATH = warning "duplicate-path";

    /// A tag is declared twice. The description of the first one counts.
    DUPLICATE_TAG = warning "duplicate-tag";

    /// A list that should have each value once has one twice. The second one changes nothing.
    DUPLICATE_VALUE = warning "duplicate-value";

    /// An `enum` without values allows nothing, which nobody means. It is read as if it were absent.
    EMPTY_ENUM = warning "empty-enum";

    /// `example` and `examples` stand in one object, which OpenAPI forbids. Both are shown, since only people read them.
    EXAMPLE_AND_EXAMPLES = warning "example-and-examples";

    /// An example has its value in several forms at once. OpenAPI allows one, and does not say which one counts.
    EXAMPLE_VALUES = warning "example-values";

    /// A change stands in an action of an overlay beside another one that leaves nothing to change. It has no effect.
    IGNORED_CHANGE = warning "ignored-change";

    /// A header parameter has a name that OpenAPI reserves: media types and credentials are described elsewhere.
    /// Nothing is emitted for the parameter.
    IGNORED_PARAMETER = warning "ignored-parameter";

    /// The text is not JSON. Nothing of it can be read.
    INVALID_JSON = error "invalid-json";

    /// The text is no query of JSONPath, as RFC 9535 has it, or has a pattern that is not supported. What the action of the
    /// overlay is for is unknown.
    INVALID_JSON_PATH = error "invalid-json-path";

    /// The text is not YAML. Nothing of it can be read.
    INVALID_YAML = error "invalid-yaml";

    /// A key stands in a document of an older version than the one that brought it. In a stranger's document it is read as
    /// it is there, since it can mean nothing else.
    LATER_KEY = warning "later-key";

    /// The text of a reference does not follow the rules of URI references and JSON Pointer. It leads nowhere.
    MALFORMED_REFERENCE = error "malformed-reference";

    /// A key of this generator stands on an object on which it means nothing. It would have no effect, and its writer
    /// would not know.
    MISPLACED_EXTENSION = error "misplaced-extension";

    /// A response has no description, which OpenAPI requires until 3.2. Only people read it.
    MISSING_DESCRIPTION = warning "missing-description";

    /// A key is missing that OpenAPI requires. Without it the meaning of the object is unknown.
    MISSING_KEY = error "missing-key";

    /// A path has a parameter in braces that no operation describes. In a stranger's document it is taken to be a text.
    MISSING_PATH_PARAMETER = error "missing-path-parameter" help "add it to `parameters` with `in: path`";

    /// The text is no OpenAPI document: the key `openapi` is missing. It has to say by which rules it is read.
    MISSING_VERSION = error "missing-version"
        help "an OpenAPI document begins with its version, such as `\"openapi\": \"3.2.0\"`";

    /// A media type has `prefixEncoding` beside `itemEncoding`. Bodies of that form are not emitted.
    MIXED_ENCODING = error "mixed-encoding";

    /// A key has no meaning at the place where it stands. It is ignored, which may not be what its writer thinks.
    NO_EFFECT = warning "no-effect";

    /// A keyword stands in the form that OpenAPI 3.0 gave it, in a later document. It is read as it was there.
    OLD_KEYWORD = warning "old-keyword";

    /// A value of an overlay does not fit what it is to be merged with, or the targets of an action do not go together.
    /// What the document should say then is unknown.
    OVERLAY_CONFLICT = error "overlay-conflict";

    /// A query of an overlay takes too long, or an overlay makes a document too large. It was not meant so, or is hostile.
    OVERLAY_LIMIT = error "overlay-limit";

    /// A path has a fragment, which is never part of a request. It is not sent.
    PATH_FRAGMENT = warning "path-fragment";

    /// Keys stand beside the `$ref` of a path item and again in what it refers to. OpenAPI does not say which count.
    PATH_ITEM_SIBLINGS = error "path-item-siblings";

    /// A path parameter is not `required`, which OpenAPI demands. It is read as if it were, since a request without it
    /// has another path.
    PATH_PARAMETER_REQUIRED = warning "path-parameter-required";

    /// A path has a query, which OpenAPI forbids. It is sent as it stands.
    PATH_QUERY = warning "path-query";

    /// A path is no template that a request could be made of. It must begin with `/`, and each brace must close.
    PATH_TEMPLATE = error "path-template";

    /// A reference is to an address, and nothing is fetched. All that is read stands on the machine, where it can be
    /// reviewed.
    REMOTE_REFERENCE = error "remote-reference"
        help "save what it leads to beside this file, and refer to it by its relative name";

    /// A parameter or header has both `schema` and `content`. They may ask for different texts on the wire.
    SCHEMA_AND_CONTENT = error "schema-and-content";

    /// The URL of a server is no template, or has a variable that is not described. No address can be made of it.
    SERVER_TEMPLATE = error "server-template";

    /// The document follows Swagger 2.0, which has other rules than OpenAPI 3. It is not read.
    SWAGGER_2 = error "swagger-2"
        help "convert it to OpenAPI 3, for example with `npx swagger2openapi FILE`, and use the result";

    /// Schemas follow a dialect that is not known. They are read as JSON Schema 2020-12, with the keywords of OpenAPI.
    UNKNOWN_DIALECT = warning "unknown-dialect";

    /// A key looks like one of this generator's own and is none. It would have no effect, and its writer would not know.
    UNKNOWN_EXTENSION = error "unknown-extension";

    /// An object has a key that OpenAPI does not know there. It is mostly a misspelt one, whose meaning would be lost.
    UNKNOWN_KEY = error "unknown-key";

    /// A schema has a keyword that nobody defines. JSON Schema lets anyone add keywords, so it is ignored.
    UNKNOWN_KEYWORD = warning "unknown-keyword";

    /// The parent of a tag is the name of no tag. Tags nest by these names.
    UNKNOWN_TAG = error "unknown-tag";

    /// `type` of a schema names no type of JSON. The values of the schema are unknown.
    UNKNOWN_TYPE = error "unknown-type";

    /// The document names a version of OpenAPI other than 3.0, 3.1 and 3.2. Its rules are not known.
    UNKNOWN_VERSION = error "unknown-version";

    /// An overlay says that it is for a file that the run does not read. None of its actions would have an effect.
    UNMATCHED_EXTENDS = error "unmatched-extends" help "name the file from the folder of the overlay, or leave `extends` out";

    /// The target of an action selects nothing in any document of the run. The documents are not what the overlay was written
    /// for, or the target is misspelt.
    UNMATCHED_TARGET = error "unmatched-target";

    /// A number stands where a text belongs, as YAML reads `1.0` without quotes. It is taken as it is written.
    UNQUOTED_TEXT = warning "unquoted-text" help "write it in quotes";

    /// A file cannot be read that the run or a reference asks for. What stands in it is unknown.
    UNREADABLE_FILE = error "unreadable-file";

    /// `nullable` stands in a schema without `type`, where OpenAPI 3.0 gives it no meaning. It is taken to add null, as
    /// everybody means it.
    UNTYPED_NULLABLE = warning "untyped-nullable";

    /// A path parameter is described that the path does not have. In a stranger's document it is left out.
    UNUSED_PATH_PARAMETER = error "unused-path-parameter" help "leave it out, or correct its name";

    /// An example has both `value` and `dataValue`, which OpenAPI forbids. They may differ.
    VALUE_AND_DATA_VALUE = error "value-and-data-value";

    /// `content` of a parameter or header has several media types. It must have one, since nothing says which is sent.
    WRONG_CONTENT = error "wrong-content";

    /// Encodings by name stand beside encodings by position, which OpenAPI forbids. A body has one of the two forms.
    WRONG_ENCODING = error "wrong-encoding";

    /// A key of `content` is no media type. Where others stand beside it, it is left out.
    WRONG_MEDIA_TYPE = warning "wrong-media-type";

    /// A method is no token of HTTP, or one that has a key of its own. It could not be sent, or would be described twice.
    WRONG_METHOD = error "wrong-method";

    /// A parameter is the whole query and another one stands in the query too. Only one of them could be sent.
    WRONG_QUERYSTRING = error "wrong-querystring";

    /// A reference leads to a thing of another kind than belongs there. It cannot stand in its place.
    WRONG_REFERENCE = error "wrong-reference";

    /// `required` of a schema is a boolean, as it was in an old draft of JSON Schema. It has no effect.
    WRONG_REQUIRED = warning "wrong-required" help "list the name of the property in `required` of the schema that has it";

    /// A key of `responses` is no status of HTTP. It is a warning where only the case of a range such as `4xx` differs.
    WRONG_STATUS = error "wrong-status";

    /// A parameter has a style that its location does not have. How its value is written is then unknown.
    WRONG_STYLE = error "wrong-style";

    /// A value is of another JSON type than OpenAPI has at this place. It cannot be read.
    WRONG_TYPE = error "wrong-type";

    /// A value is of the right type and still not one that OpenAPI allows at this place. What it means is unknown.
    WRONG_VALUE = error "wrong-value";

    /// An alias of YAML stands within what it repeats, or the aliases stand for more than can be held in memory.
    /// JSON, which OpenAPI is defined by, has neither.
    YAML_ALIAS = error "yaml-alias";

    /// The file holds several YAML documents. Only one of them could be read.
    YAML_DOCUMENTS = error "yaml-documents" help "give each document a file of its own";

    /// A key in YAML is no text. Keys of JSON, which OpenAPI is defined by, always are.
    YAML_KEY = error "yaml-key";

    /// The merge key `<<` stands before something other than an object. There is nothing to merge.
    YAML_MERGE = error "yaml-merge" help "write the key in quotes if it is a name";

    /// A number of YAML cannot be written in JSON, such as `.nan`. OpenAPI documents hold values of JSON only.
    YAML_NUMBER = error "yaml-number" help "write it in quotes if it is a string";

    /// A tag of YAML contradicts its value or is not of the core schema. Values of JSON have no tags.
    YAML_TAG = error "yaml-tag";

    /// The text says that it is YAML 1.1 or older, and it is read as YAML 1.2. Words such as `yes` mean something else
    /// there.
    YAML_VERSION = warning "yaml-version"
        help "words such as `yes` and `off` are strings in YAML 1.2, and `010` is ten";
}
