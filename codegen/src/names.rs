//! Turns wire names into Rust names: cases, keywords, reserved names, and clashes within a scope.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt::{self, Write as _};

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use icu_normalizer::ComposingNormalizerBorrowed;
use serde::Serialize;

/// A Rust identifier that is valid, and unique in the scope that gave it out.
///
/// Only a scope makes one, so a name that was not claimed cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Ident(String);

impl Ident {
    /// The identifier as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same name as a module: `ServicePort` as `service_port`.
    pub fn to_module(&self) -> Ident {
        Ident(spell(Case::Module, &self.0))
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a name is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `snake_case`: modules, fields, parameters, methods.
    Snake,
    /// `snake_case` in ASCII: modules, since each has a file.
    Module,
    /// `SHOUTY_SNAKE_CASE`: constants.
    Constant,
    /// `PascalCase`: variants, and types whose wire name is none already.
    Pascal,
    /// `PascalCase` that keeps the wire name where that is a type name already (`ClientIPConfig`).
    Type,
}

impl Case {
    /// What stands between a name and a number.
    fn separator(self) -> &'static str {
        match self {
            Self::Snake | Self::Module | Self::Constant => "_",
            Self::Pascal | Self::Type => "",
        }
    }
}

/// Identifiers that are taken in one place of the emitted code.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    reserved: &'static [&'static str],
    taken: BTreeSet<String>,
    /// The number that is tried next for a name that is taken, by the name and what stands before the number.
    numbers: HashMap<(String, &'static str), usize>,
    renames: Vec<Rename>,
}

/// A name that is not what its case alone would make it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Rename {
    /// The name in the document.
    pub wire: String,
    /// The name in Rust.
    pub rust: Ident,
}

impl Scope {
    /// A scope that keeps these names for itself: who claims one gets it with a trailing underscore.
    pub fn reserving(reserved: &'static [&'static str]) -> Self {
        Self {
            reserved,
            ..Self::default()
        }
    }

    /// Claims the name of `wire`, numbered from 2 where its spelling is taken.
    pub fn claim(&mut self, case: Case, wire: &str) -> Ident {
        self.claim_spelled(case, spell(case, wire), wire)
    }

    fn claim_spelled(&mut self, case: Case, spelled: String, wire: &str) -> Ident {
        let mut plain = spelled.clone();
        if self.reserved.contains(&plain.as_str()) {
            plain.push('_');
        }
        let separator = case.separator();
        let mut name = plain.clone();
        while !self.taken.insert(name.clone()) {
            let n = self.numbers.entry((plain.clone(), separator)).or_insert(2);
            name = format!("{}{separator}{n}", plain.trim_end_matches('_'));
            *n += 1;
        }
        if name != spelled {
            self.renames.push(Rename {
                wire: wire.to_owned(),
                rust: Ident(name.clone()),
            });
        }
        Ident(name)
    }

    /// The renames so far, which are not told again.
    pub fn take_renames(&mut self) -> Vec<Rename> {
        std::mem::take(&mut self.renames)
    }

    /// Claims exactly `name`, or says why it cannot be had.
    pub fn claim_exact(&mut self, case: Case, name: &str) -> Result<Ident, String> {
        if !is_identifier(name) || KEYWORDS.contains(&name) {
            return Err(format!("`{name}` is no Rust identifier"));
        }
        if self.reserved.contains(&name) {
            return Err(format!("`{name}` is reserved for emitted code"));
        }
        if portable(case, name.to_owned()) != name {
            return Err(format!("`{name}` is too long, or a device of Windows"));
        }
        if !self.taken.insert(name.to_owned()) {
            return Err(format!("`{name}` is taken in its scope"));
        }
        Ok(Ident(name.to_owned()))
    }

    /// Claims a name for each wire name, whatever their order.
    ///
    /// Of several that are spelled alike, the one whose wire name is nearest to the spelling keeps it, whatever else
    /// there is, and the others are numbered: those that differ in their case, those with other separators, the rest.
    pub fn claim_all<'a>(&mut self, case: Case, wires: impl IntoIterator<Item = &'a str>) -> Vec<Ident> {
        let mut order: Vec<(String, (u8, usize), &str, usize)> = wires
            .into_iter()
            .enumerate()
            .map(|(index, wire)| {
                let name = spell(case, wire);
                let distance = distance(&name, wire);
                (name, distance, wire, index)
            })
            .collect();
        order.sort_unstable();
        let mut idents: Vec<(usize, Ident)> = order
            .into_iter()
            .map(|(name, _, wire, index)| (index, self.claim_spelled(case, name, wire)))
            .collect();
        idents.sort_unstable();
        idents.into_iter().map(|(_, ident)| ident).collect()
    }
}

/// How far a wire name is from its spelling: what else differs than the case, and how many capitals there are.
fn distance(name: &str, wire: &str) -> (u8, usize) {
    let is_word = |c: char| c.is_alphanumeric();
    let differs = if name == wire {
        0
    } else if name.trim_end_matches('_') == wire {
        1
    } else if wire.chars().all(is_word) {
        2
    } else if wire.chars().all(|c| is_word(c) || matches!(c, '_' | '-')) && wire.starts_with(is_word) {
        3
    } else {
        4
    };
    (differs, wire.chars().filter(|c| c.is_uppercase()).count())
}

/// The spelling of a wire name in a case, before clashes: always an identifier of bounded length, never a keyword.
pub fn spell(case: Case, wire: &str) -> String {
    let name = match case {
        Case::Snake | Case::Module if is_one_word(wire) => sanitize(wire.to_owned(), "_"),
        Case::Snake => sanitize(words(wire).to_snake_case(), "_"),
        Case::Module => {
            let ascii: String = words(wire).to_snake_case().chars().filter(char::is_ascii).collect();
            sanitize(ascii, "_")
        }
        Case::Constant => sanitize(words(wire).to_shouty_snake_case(), "_"),
        Case::Pascal => sanitize(words(wire).to_pascal_case(), "V"),
        Case::Type if is_type_name(wire) => sanitize(wire.to_owned(), "T"),
        Case::Type => sanitize(words(wire).to_pascal_case(), "T"),
    };
    portable(case, name)
}

/// Whether a wire name is one word in lower case, which `snake_case` leaves as it is.
fn is_one_word(wire: &str) -> bool {
    !wire.is_empty() && wire.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
}

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// A name of which every system can make files, as emitted modules and pages of rustdoc are; one that is cut keeps what
/// tells it from others in a number.
fn portable(case: Case, mut name: String) -> String {
    // Systems take 255 bytes; endings and numbers come to the name, and folders to the path of a module.
    let longest = if case == Case::Module { 100 } else { 200 };
    if case == Case::Module && DEVICES.contains(&name.as_str()) {
        name.push('_');
    }
    if name.len() > longest {
        // FNV-1a: the same on every machine and in every version.
        let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        let end = (0..=longest).rev().find(|it| name.is_char_boundary(*it));
        name.truncate(end.unwrap_or(0));
        let _ = write!(name, "{}{hash}", case.separator());
    }
    name
}

/// A wire name with signs in words, and with a run of capitals and a final `s` made one word.
fn words(wire: &str) -> Cow<'_, str> {
    if is_words(wire) {
        return Cow::Borrowed(wire);
    }
    // Rust takes names for one that are one after this.
    let wire = &*ComposingNormalizerBorrowed::new_nfc().normalize(wire);
    let spelled_signs = match wire {
        "" => "empty".to_owned(),
        "*" => "any".to_owned(),
        _ => signs(wire),
    };
    let chars: Vec<char> = spelled_signs.chars().collect();
    let mut out = String::with_capacity(chars.len());
    for (i, c) in chars.iter().enumerate() {
        let after_capitals = i >= 2
            && chars.get(i - 1).is_some_and(|c| c.is_uppercase())
            && chars.get(i - 2).is_some_and(|c| c.is_uppercase());
        let ends_word = chars.get(i + 1).is_none_or(|next| !next.is_lowercase());
        if *c == 's' && after_capitals && ends_word {
            lower_run(&mut out);
        }
        out.push(*c);
    }
    Cow::Owned(out)
}

/// Whether a wire name is in words already, as most are.
fn is_words(wire: &str) -> bool {
    let ends_capitals = |it: &[u8]| matches!(it, [a, b, b's'] if a.is_ascii_uppercase() && b.is_ascii_uppercase());
    let bytes = wire.as_bytes();
    !wire.is_empty() && bytes.iter().all(u8::is_ascii_alphanumeric) && !bytes.windows(3).any(ends_capitals)
}

/// Makes the run of capitals at the end of `out` one word: `clusterIP` to `clusterIp`.
fn lower_run(out: &mut String) {
    let head = out.trim_end_matches(char::is_uppercase).len();
    let first = out[head..].chars().next().map_or(0, char::len_utf8);
    let tail = out.split_off(head + first);
    out.extend(tail.chars().flat_map(char::to_lowercase));
}

/// Leading signs in words: `+1` and `-1` must not both become `_1`.
fn signs(wire: &str) -> String {
    let mut chars = wire.chars();
    match (chars.next(), chars.as_str()) {
        (Some('+'), rest) => format!("plus {rest}"),
        (Some(_), _) if operator(wire).is_some() => operator(wire).unwrap_or_default().to_owned(),
        (Some('-'), rest) if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => format!("minus {rest}"),
        (Some('$' | '@' | '_'), rest) if !rest.is_empty() => rest.to_owned(),
        _ => wire.to_owned(),
    }
}

/// What is read aloud for an operator.
fn operator(wire: &str) -> Option<&'static str> {
    Some(match wire {
        "=" | "==" => "eq",
        "!=" | "<>" => "ne",
        "<" => "lt",
        "<=" => "le",
        ">" => "gt",
        ">=" => "ge",
        "-" => "minus",
        "/" => "slash",
        "%" => "percent",
        "&&" => "and",
        "||" => "or",
        "!" => "not",
        _ => return None,
    })
}

/// Makes a spelled name an identifier: no keyword, no leading digit, nothing that an identifier cannot hold.
fn sanitize(mut name: String, prefix: &str) -> String {
    name.retain(unicode_ident::is_xid_continue);
    if name.chars().all(|c| c == '_') {
        name = if prefix == "_" { "unnamed" } else { "Unnamed" }.to_owned();
    }
    if name.chars().all(|c| c.is_ascii_digit() || c == '_') && prefix == "_" {
        name.insert(0, 'n');
    } else if !is_identifier(&name) {
        name.insert_str(0, prefix);
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// Whether a text is a Rust identifier or a keyword.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    starts && name != "_" && chars.all(unicode_ident::is_xid_continue)
}

/// Whether a module can have this name.
pub fn is_module(name: &str) -> bool {
    is_identifier(name) && !KEYWORDS.contains(&name)
}

/// Words that are no identifiers in edition 2024.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn is_type_name(wire: &str) -> bool {
    wire.starts_with(|c: char| c.is_ascii_uppercase()) && wire.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_are_spelled_in_their_case() {
        for (case, wire, rust) in [
            (Case::Snake, "clusterIPs", "cluster_ips"),
            (Case::Snake, "clusterIP", "cluster_ip"),
            (Case::Snake, "podCIDRs", "pod_cidrs"),
            (Case::Snake, "nonResourceURLs", "non_resource_urls"),
            (Case::Snake, "type", "type_"),
            (Case::Snake, "continue", "continue_"),
            (Case::Snake, "self", "self_"),
            (Case::Snake, "async", "async_"),
            (Case::Snake, "X-Auth-Token", "x_auth_token"),
            (Case::Snake, "$ref", "ref_"),
            (Case::Snake, "1st", "_1st"),
            (Case::Snake, "42", "n42"),
            (Case::Snake, "", "empty"),
            (Case::Snake, "--", "unnamed"),
            (Case::Snake, "über", "über"),
            (Case::Module, "日本", "unnamed"),
            (Case::Module, "CON", "con_"),
            (Case::Module, "lpt1", "lpt1_"),
            (Case::Pascal, "ClusterIP", "ClusterIp"),
            (Case::Pascal, "TCP", "Tcp"),
            (Case::Snake, "A\u{30a}", "å"),
            (Case::Pascal, "+1", "Plus1"),
            (Case::Pascal, "-asc", "MinusAsc"),
            (Case::Pascal, "<=", "Le"),
            (Case::Snake, "!=", "ne"),
            (Case::Pascal, "-1", "Minus1"),
            (Case::Pascal, "Self", "Self_"),
            (Case::Pascal, "2xx", "V2xx"),
            (Case::Type, "ClientIPConfig", "ClientIPConfig"),
            (Case::Type, "io.k8s.api.core.v1.Service", "IoK8sApiCoreV1Service"),
        ] {
            assert_eq!(spell(case, wire), rust, "{wire:?} as {case:?}");
        }
    }

    #[test]
    fn of_names_spelled_alike_the_nearest_is_plain_whatever_the_order() {
        for (case, wires, names) in [
            (
                Case::Snake,
                ["foo_bar", "fooBar", "foo-bar", "foo.bar"],
                ["foo_bar", "foo_bar_2", "foo_bar_3", "foo_bar_4"],
            ),
            (
                Case::Snake,
                ["type", "Type", "$type", "@type"],
                ["type_", "type_2", "type_3", "type_4"],
            ),
            (
                Case::Pascal,
                ["Asc", "asc", "ASC", "-asc"],
                ["Asc", "Asc2", "Asc3", "MinusAsc"],
            ),
            (
                Case::Pascal,
                ["asc", "ASC", "a_s_c", "@asc"],
                ["Asc", "Asc2", "ASC", "Asc3"],
            ),
            (
                Case::Snake,
                ["Å", "å", "a\u{30a}", "A\u{30a}"],
                ["å_2", "å", "å_3", "å_4"],
            ),
        ] {
            let forwards = Scope::default().claim_all(case, wires);
            let spelled: Vec<_> = forwards.iter().map(Ident::as_str).collect();
            assert_eq!(spelled, names);
            let mut backwards = Scope::default().claim_all(case, wires.into_iter().rev());
            backwards.reverse();
            assert_eq!(backwards, forwards);
        }
    }

    #[test]
    fn names_are_portable() {
        let long = |case, number| spell(case, &format!("{}{number}", "ab".repeat(200)));
        for case in [Case::Snake, Case::Module, Case::Constant, Case::Pascal, Case::Type] {
            assert!(long(case, 1).len() <= 211 && long(case, 1) != long(case, 2), "{case:?}");
            assert!(Scope::default().claim_exact(case, &"a".repeat(201)).is_err());
        }
        assert!(spell(Case::Snake, &"é".repeat(300)).starts_with("éé"));
        assert!(Scope::default().claim_exact(Case::Module, "con").is_err());
        assert!(Scope::default().claim_exact(Case::Snake, "con").is_ok());
    }

    #[test]
    fn a_reserved_name_gets_an_underscore() {
        let mut scope = Scope::reserving(&["new", "request"]);
        let names = scope.claim_all(Case::Snake, ["new", "request", "name"]);
        assert_eq!(
            names.iter().map(Ident::as_str).collect::<Vec<_>>(),
            ["new_", "request_", "name"]
        );
    }
}
