//! The route of an operation, cut at its parameters when the operation is compiled.

/// How many parameters are cut out at compile time; a route with more is cut further as a request is built.
const CUT: usize = 6;

/// A route such as `/pets/{id}`.
pub(crate) struct Route {
    pub(super) text: &'static str,
    pieces: [Piece; CUT],
    cut: usize,
    rest: &'static [u8],
    /// Whether the rest may have parameters.
    has_more: bool,
}

/// A parameter of a route, and what is between the one before and this.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) before: &'static [u8],
    pub(super) name: &'static [u8],
}

impl Route {
    pub(crate) const fn new(text: &'static str) -> Self {
        let mut pieces = [Piece { before: &[], name: &[] }; CUT];
        let (mut cut, mut rest) = (0, text.as_bytes());
        while cut < CUT {
            let Some((piece, after)) = next(rest) else { break };
            (pieces[cut], rest) = (piece, after);
            cut += 1;
        }
        Self {
            text,
            pieces,
            cut,
            rest,
            has_more: cut == CUT,
        }
    }

    /// Passes each parameter to `each`, and gives what is behind the last one.
    #[inline]
    pub(super) fn cut(&self, mut each: impl FnMut(usize, Piece)) -> &'static [u8] {
        for (index, piece) in self.pieces.iter().take(self.cut).enumerate() {
            each(index, *piece);
        }
        if !self.has_more {
            return self.rest;
        }
        let (mut index, mut rest) = (self.cut, self.rest);
        while let Some((piece, after)) = next(rest) {
            each(index, piece);
            (index, rest) = (index + 1, after);
        }
        rest
    }
}

/// The first parameter, and what is behind it.
const fn next(route: &'static [u8]) -> Option<(Piece, &'static [u8])> {
    let Some((before, rest)) = split_at(route, b'{') else {
        return None;
    };
    let Some((name, after)) = split_at(rest, b'}') else {
        return None;
    };
    Some((Piece { before, name }, after))
}

/// What is before the first `sign`, and what is behind it.
const fn split_at(text: &'static [u8], sign: u8) -> Option<(&'static [u8], &'static [u8])> {
    let mut at = 0;
    while at < text.len() {
        if text[at] == sign {
            let (before, rest) = text.split_at(at);
            return Some((before, rest.split_at(1).1));
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Route;

    fn pieces(route: &'static str) -> (Vec<String>, &'static [u8]) {
        let mut pieces = Vec::new();
        let rest = Route::new(route).cut(|index, piece| {
            let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
            pieces.push(format!("{index} {} {}", text(piece.before), text(piece.name)));
        });
        (pieces, rest)
    }

    #[test]
    fn any_number_of_parameters_is_cut() {
        assert_eq!(pieces("/pets"), (vec![], &b"/pets"[..]));
        assert_eq!(pieces("/pets/{id}/{"), (vec!["0 /pets/ id".to_owned()], &b"/{"[..]));
        let (cut, rest) = pieces("{}{b}.{c}/{d}/{e}/{f}/{g}-{h}/end");
        let expected = ["0  ", "1  b", "2 . c", "3 / d", "4 / e", "5 / f", "6 / g", "7 - h"];
        assert_eq!(
            (cut.as_slice(), rest),
            (expected.map(str::to_owned).as_slice(), &b"/end"[..])
        );
    }
}
