//! Finds changes that still compile but alter what is sent, or how responses are read.

use super::{Changes, Kind, holds, shown};
use crate::ir::{Answer, Body, BodyFormat, Framing, Operation, Parameter, Place, Style, Writing};

/// Compares the method and the route.
pub(crate) fn route(out: &mut Changes, before: &Operation, after: &Operation) {
    let (old, new) = (line(before), line(after));
    if old != new {
        out.compatible(Kind::Changed, "", &format!("sent as `{new}`, was `{old}`"));
    }
}

fn line(operation: &Operation) -> String {
    let pairs: Vec<String> = operation.literals.iter().map(|(a, b)| format!("{a}={b}")).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{} {}{mark}{}", operation.method, operation.path, pairs.join("&"))
}

/// Compares how a parameter is written.
pub(crate) fn parameter(out: &mut Changes, before: &Parameter, after: &Parameter) {
    let place = |it: &Parameter| format!("`{}` of {}", it.wire, place(it.place));
    if (before.place, &before.wire) != (after.place, &after.wire) {
        out.compatible(Kind::Changed, "", &format!("{}, was {}", place(after), place(before)));
    }
    let (old, new) = (writing(before), writing(after));
    // Another place or type has a style of its own, and that it is another is told.
    if old != new && before.place == after.place && before.ty == after.ty {
        out.compatible(Kind::Changed, "", &format!("written as {new}, was {old}"));
    }
}

fn place(it: Place) -> &'static str {
    match it {
        Place::Path => "the path",
        Place::Query => "the query",
        Place::Header => "the headers",
        Place::Cookie => "the cookies",
        Place::Querystring => "the whole query",
    }
}

fn writing(it: &Parameter) -> String {
    let usual = match it.place {
        Place::Path | Place::Header => Style::Simple,
        _ => Style::Form,
    };
    match &it.writing {
        Writing::Plain => format!("`{}`", usual.name()),
        Writing::Content { media_type } => format!("`{media_type}`"),
        Writing::Styled {
            style,
            explode,
            reserved,
        } => {
            let explode = match (*explode, *style == Style::Form) {
                (false, true) => " without explode",
                (true, false) => " with explode",
                _ => "",
            };
            let reserved = if *reserved { " with reserved characters" } else { "" };
            format!("`{}`{explode}{reserved}", style.name())
        }
    }
}

/// Compares the media type of a body, and how its argument is taken.
pub(crate) fn body(out: &mut Changes, before: &Body, after: &Body) {
    let (Body::One(old), Body::One(new)) = (before, after) else {
        return;
    };
    let taken = |it: &BodyFormat| match it {
        BodyFormat::Text | BodyFormat::Bytes | BodyFormat::File => "Into",
        BodyFormat::Json | BodyFormat::Form(_) | BodyFormat::Multipart(_) => "Borrow",
    };
    let [before, after] = [old, new].map(|it| format!("impl {}<{}>", taken(&it.format), shown(&it.ty)));
    if old.ty == new.ty {
        holds(out, &before, &after);
    }
    if old.media_type != new.media_type {
        let why = format!("sent as `{}`, was `{}`", new.media_type, old.media_type);
        out.compatible(Kind::Changed, "", &why);
    } else if old.format != new.format {
        out.compatible(Kind::Changed, "", "its members are written in another way");
    }
}

/// Compares what an answer is, and how it is read where that is the same type.
pub(crate) fn answer(out: &mut Changes, before: &Answer, after: &Answer) {
    let (old, new) = (held(before), held(after));
    holds(out, &old, &new);
    if old == new && format(before) != format(after) {
        let why = format!("read from {}, was from {}", format(after), format(before));
        out.compatible(Kind::Changed, "", &why);
    }
}

/// Compares what answers are asked for, where they are the same.
pub(crate) fn accept(out: &mut Changes, before: &Operation, after: &Operation) {
    if before.answer != after.answer || before.accept == after.accept {
        return;
    }
    let [old, new] = [before, after].map(|it| it.accept.as_deref().unwrap_or(it.answer.media_type()));
    out.compatible(Kind::Changed, "", &format!("asks for `{new}`, asked for `{old}`"));
}

fn held(it: &Answer) -> String {
    match it {
        Answer::Empty => "nothing".to_owned(),
        Answer::Json(ty) | Answer::ByStatus(ty) => shown(ty),
        Answer::Stream(Framing::Lines, ty) => format!("lines of {}", shown(ty)),
        Answer::Stream(Framing::Events, ty) => format!("events of {}", shown(ty)),
        Answer::Stream(Framing::JsonSeq, ty) => format!("a JSON text sequence of {}", shown(ty)),
        Answer::Stream(Framing::TextLines, ty) => format!("lines of text, each {}", shown(ty)),
        Answer::Text => "String".to_owned(),
        Answer::Binary => "Bytes".to_owned(),
    }
}

fn format(it: &Answer) -> &'static str {
    match it {
        Answer::Text => "text",
        Answer::Binary => "bytes",
        Answer::ByStatus(_) => "what the status says",
        _ => "JSON",
    }
}
