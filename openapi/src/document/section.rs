//! The component maps: one table of what kinds of components there are.

use std::fmt;

use indexmap::IndexMap;

use super::{
    Callback, Components, Example, Named, Parameter, PathItem, RefOr, RequestBody, Response, Schema, SecurityScheme,
};
use crate::span::{Span, Spanned};

/// A component map, whatever it holds.
pub(crate) trait Map {
    /// The names in it.
    fn names(&self) -> Box<dyn Iterator<Item = &str> + '_>;
    /// Whether it has a name.
    fn contains(&self, name: &str) -> bool;
    /// What the component of a name refers to in its own place.
    fn reference(&self, name: &str) -> Option<&Spanned<String>>;
    /// The place of the component of a name, from its key.
    fn place(&self, name: &str) -> Option<Span>;
    /// Removes the components at some places.
    fn remove_at(&mut self, at: &dyn Fn(Span) -> bool);
    /// Gives a component the name that `new` has for its own.
    fn rename(&mut self, new: &dyn Fn(&str) -> Option<String>);
}

/// What can stand in a component map.
trait Component {
    /// What it refers to, if it is a reference.
    fn reference(&self) -> Option<&Spanned<String>>;
    /// Where it stands.
    fn place(&self) -> Span;
}

/// What has its place in a field of its own.
trait Placed {
    fn span(&self) -> Span;
}

macro_rules! placed {
    ($($ty:ty),+) => {
        $(impl Placed for $ty {
            fn span(&self) -> Span {
                self.span
            }
        })+
    };
}

placed!(Response, Parameter, RequestBody, SecurityScheme, Callback, PathItem);

impl Component for Schema {
    fn reference(&self) -> Option<&Spanned<String>> {
        self.reference.as_ref()
    }

    fn place(&self) -> Span {
        self.span
    }
}

impl Component for Example {
    fn reference(&self) -> Option<&Spanned<String>> {
        self.reference.as_ref()
    }

    fn place(&self) -> Span {
        self.span
    }
}

impl<T: Placed> Component for RefOr<T> {
    fn reference(&self) -> Option<&Spanned<String>> {
        match self {
            Self::Ref(reference) => Some(&reference.target),
            Self::Item(_) => None,
        }
    }

    fn place(&self) -> Span {
        match self {
            Self::Ref(reference) => reference.target.span,
            Self::Item(item) => item.span(),
        }
    }
}

impl<T: Component> Map for IndexMap<String, Named<T>> {
    fn names(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        Box::new(self.keys().map(String::as_str))
    }

    fn contains(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn reference(&self, name: &str) -> Option<&Spanned<String>> {
        self.get(name)?.item.reference()
    }

    fn place(&self, name: &str) -> Option<Span> {
        let named = self.get(name)?;
        Some(from_key(named.key, named.item.place()))
    }

    fn remove_at(&mut self, at: &dyn Fn(Span) -> bool) {
        self.retain(|_, it| !at(from_key(it.key, it.item.place())));
    }

    fn rename(&mut self, new: &dyn Fn(&str) -> Option<String>) {
        let old = std::mem::take(self).into_iter();
        self.extend(old.map(|(name, item)| (new(&name).unwrap_or(name), item)));
    }
}

/// From a key to the end of its value. A value that was read from elsewhere has its own place.
pub(crate) fn from_key(key: Span, value: Span) -> Span {
    match key.source == value.source && key.start <= value.start {
        true => Span { end: value.end, ..key },
        false => value,
    }
}

/// Declares the sections: the variant, its field of [`Components`], its key and what stands in it.
macro_rules! sections {
    ($($variant:ident $field:ident $key:literal $thing:literal)+) => {
        /// A map of the Components Object.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Section {
            $(#[doc = concat!("`", $key, "`.")] $variant,)+
        }

        impl Section {
            /// All sections that can be referred to.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The key in the Components Object.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)+
                }
            }

            /// What stands in the section, with its article.
            pub(crate) fn thing(self) -> &'static str {
                match self {
                    $(Self::$variant => $thing,)+
                }
            }

            /// The map of this section.
            pub(crate) fn of(self, components: &Components) -> &dyn Map {
                match self {
                    $(Self::$variant => &components.$field,)+
                }
            }

            /// The map of this section, to change.
            pub(crate) fn of_mut(self, components: &mut Components) -> &mut dyn Map {
                match self {
                    $(Self::$variant => &mut components.$field,)+
                }
            }
        }

        impl Components {
            /// Adds the components of a part.
            pub(crate) fn append(&mut self, part: Self) {
                $(self.$field.extend(part.$field);)+
            }
        }
    };
}

sections! {
    Schemas schemas "schemas" "a schema"
    Responses responses "responses" "a response"
    Parameters parameters "parameters" "a parameter"
    Examples examples "examples" "an example"
    RequestBodies request_bodies "requestBodies" "a request body"
    Headers headers "headers" "a header"
    SecuritySchemes security_schemes "securitySchemes" "a security scheme"
    Callbacks callbacks "callbacks" "a callback"
    PathItems path_items "pathItems" "a path item"
}

impl Section {
    /// The section with this key in the Components Object.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.key() == key)
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "components/{}", self.key())
    }
}
