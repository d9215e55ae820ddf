//! The codes of what is found while documents are lowered, each declared once.

tablature_openapi::codes! {
    /// Parts of an `allOf` describe one member, or the whole value, as different types. No value satisfies both; allowed,
    /// it is any JSON.
    ALL_OF_CONFLICT = error allowable "all-of-conflict";

    /// Two alternatives of a union can have one value, and nothing in it says which is meant. Such a value is kept as
    /// JSON, never guessed.
    AMBIGUOUS_UNION = warning "ambiguous-union";

    /// A request body has no media type. What is sent is then unknown.
    BODY_WITHOUT_CONTENT = error "body-without-content" help "add one to `content`, or leave the body out";

    /// A whole body that is no JSON is described as base64 by `format: byte`. It is sent and read as it stands, so that
    /// whoever has the bytes has to encode them.
    BYTE_BODY = warning "byte-body" help "say `format: binary` if the body is the bytes themselves";

    /// Content is documented for a status whose responses have no body by the rules of HTTP. It is not read.
    CONTENT_WITHOUT_BODY = warning "content-without-body" help "document it for the status that has it, such as 200";

    /// `x-rust-crates` of a document that is not curated names a package that the user has not allowed. Its code would be
    /// built and run on the user's machine.
    CRATE_NOT_ALLOWED = error "crate-not-allowed";

    /// A default is no value of its schema. It is documented as it is written, and no accessor falls back to it.
    DEFAULT_VALUE = warning "default-value" help "correct the default, or leave it out";

    /// A discriminator has to tell apart a schema that has no name and no constant. Its values are kept as JSON.
    DISCRIMINATOR_INLINE = warning "discriminator-inline"
        help "give its discriminating property a `const`, or move the schema to `components/schemas`";

    /// A thing is marked as a draft: a machine wrote it and nobody has described it yet. Drafts are emitted only
    /// to be tried, into a folder of their own.
    DRAFT = error "draft" help "write the description and take `x-draft` away; `codegen --drafts --out DIR` tries drafts";

    /// A model requires a value of itself, directly or through others. There can be no such value.
    ENDLESS_MODEL = error "endless-model" help "take one of the members out of `required`";

    /// An extension says what becomes of a value, a name or a crate, and nothing emitted is of it.
    EXTENSION_WITHOUT_EFFECT = warning "extension-without-effect" help "put it where the value is described, or leave it out";

    /// A schema describes items or required members and names no type. By the rules of JSON Schema values of any other type
    /// match it too; they are errors.
    IMPLIED_TYPE = warning "implied-type" help "say `type: object` or `type: array`";

    /// Members are described for a schema whose values are no objects. They say nothing.
    KEYWORD_WITHOUT_EFFECT = warning "keyword-without-effect" help "say `type: object`, or take the properties away";

    /// A discriminator stands on a schema that nothing extends and that has no alternatives. It tells nothing apart.
    LONE_DISCRIMINATOR = warning "lone-discriminator" help "name the schemas in `oneOf` beside it";

    /// The mapping of a discriminator leads to a schema that is none of the alternatives. Allowed, its values are kept
    /// as JSON.
    MAPPING_TARGET = error allowable "mapping-target" help "add the schema to `oneOf`, or correct the mapping";

    /// A response is documented in several media types, and one of them is not asked for. Servers that choose it anyway
    /// send what is not read.
    MEDIA_TYPE_NOT_ASKED_FOR = warning "media-type-not-asked-for";

    /// A list describes its first items one by one and may be shorter or go on. It is emitted as a list of any JSON.
    OPEN_TUPLE = warning "open-tuple" help "say `items: false` and how many there must be by `minItems`, where all of `prefixItems` are there";

    /// `x-pagination` names no list of items in the response. Pages could not be walked through.
    PAGINATION_ITEMS = error "pagination-items" help "write the JSON Pointer to the list of items, such as `/items`";

    /// Operations with the same optional parameters share one set of setters, and two of them ask for two names of it in
    /// `x-rust-parameters`. A set has one name.
    PARAMETERS_NAME = error "parameters-name" help "ask for one name, or leave it out of one of them";

    /// Members are described by patterns of their names. They are kept as members that the schema does not name.
    PATTERN_PROPERTIES = warning "pattern-properties";

    /// Two component schemas have one name without what `x-rust-strip-prefix` takes off. One of the two types would be
    /// numbered, and which one would change with the documents.
    PREFIX_CLASH = error "prefix-clash" help "give one of them an `x-rust-name`, or take something else off";

    /// A schema is no more than another name of itself. Nothing says what its values are.
    RECURSIVE_ALIAS = error "recursive-alias" help "say what its values are";

    /// `required` names a member that no schema describes. Its presence is not checked.
    REQUIRED_WITHOUT_PROPERTY = warning "required-without-property"
        help "add the property, or take the name out of `required`";

    /// A crate in `x-rust-crates` has a name, a version or a feature that cargo does not take, or two documents differ on
    /// it. There would be no manifest.
    RUST_CRATE = error "rust-crate";

    /// `x-rust-derive` asks for a trait that the emitted type cannot derive, for what it holds. Allowed, it is not derived.
    RUST_DERIVE = error allowable "rust-derive";

    /// The name in `x-rust-name` is no Rust name or is taken. Two items of one name do not compile.
    RUST_NAME = error "rust-name" help "choose another `x-rust-name`";

    /// `x-rust-type` or `x-rust-formats` names what is no type of a crate that the emitted code can have. Allowed, what is
    /// documented is emitted.
    RUST_TYPE = error allowable "rust-type";

    /// The schema `false` stands where a value belongs, and nothing matches it. Allowed, the member is left out.
    SCHEMA_FALSE = error allowable "schema-false" help "leave it out";

    /// The URL of a server is relative, or has what no address has. It is emitted as it stands, and the program that
    /// calls the API has to say where that is.
    SERVER_WITHOUT_ADDRESS = warning "server-without-address";

    /// A value must match one of each of several sets of alternatives. Combinations are not emitted, and what the value
    /// is kept as depends on the types.
    SEVERAL_CHOICES = warning "several-choices" help "write one `oneOf` of all combinations, or make the second a member";

    /// A response is a stream by `x-stream-when`, and no media type says what its items are. They could not be read.
    STREAM_WITHOUT_ITEMS = error "stream-without-items" help "add a media type with `itemSchema`";

    /// A value is described by more schemas than are merged: parts of `allOf`, or references that lead to references. The
    /// work for such a chain grows with its square, and no document that people write has one.
    TOO_MANY_PARTS = error "too-many-parts" help "say in one schema what several of them say";

    /// A keyword that restricts values is not enforced by the emitted code. Values that it rules out are taken.
    UNCHECKED_KEYWORD = warning "unchecked-keyword";

    /// A thing names the page that documents it, and it or a part of it has no description. Where a page was imported,
    /// the descriptions are what is left to write.
    UNDESCRIBED = warning "undescribed" help "write what it is, in your own words";

    /// OpenAPI does not define how the style of a parameter writes values of this shape. Allowed, such values are errors
    /// of the request.
    UNDEFINED_STYLE = error allowable "undefined-style";

    /// A response says what of it other operations take. That is not emitted: it is for the caller to pass on.
    UNEMITTED_LINKS = warning "unemitted-links";

    /// Two documents have different components of one name. Each becomes a type of its own, in the module of its document.
    UNEQUAL_MODELS = warning "unequal-models";

    /// The format of an integer is not known. It is read as 64 bits.
    UNKNOWN_FORMAT = warning "unknown-format";

    /// Nothing in the documents has a name that the command line asks for. Nothing is emitted rather than too little.
    UNKNOWN_SELECTION = error "unknown-selection" help "correct the name after `--only`";

    /// What a webhook sends back when it is called is an API of its own. Allowed, it is left out.
    UNSUPPORTED_CALLBACKS = error allowable "unsupported-callbacks"
        help "describe them in the operation, or allow it by name";

    /// Parts of a form are described by position, or have headers of their own. Allowed, that is left out.
    UNSUPPORTED_ENCODING = error allowable "unsupported-encoding";

    /// A schema refers to whatever schema is in scope at run time by `$dynamicRef`. Allowed, it is any JSON.
    UNSUPPORTED_KEYWORD = error allowable "unsupported-keyword" help "refer with `$ref`";

    /// A value is sent in a media type that no code is emitted for. There is no request without it.
    UNSUPPORTED_MEDIA_TYPE = error "unsupported-media-type";

    /// A webhook has servers of its own, though the API is the one who calls. Allowed, they are left out.
    UNSUPPORTED_SERVERS = error allowable "unsupported-servers" help "leave them out, or allow it by name";

    /// A body is a stream where only whole bodies are emitted. It cannot be made of one value.
    UNSUPPORTED_STREAM = error "unsupported-stream";

    /// The body of a webhook is a form or comes in several media types. Allowed, it is given as bytes.
    UNSUPPORTED_WEBHOOK_BODY = error allowable "unsupported-webhook-body";

    /// An extension such as `x-enum-varnames` does not name or describe the values of the `enum` beside it. It is ignored.
    VALUE_TEXTS = warning "value-texts" help "write a list with a text for each value, in their order";

    /// Values of an `enum` or `const` are not of the schema's type. Those are left out with a warning; where none is
    /// left it is an error, and allowed the type counts.
    VALUE_TYPE = error allowable "value-type";
}
