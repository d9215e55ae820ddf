//! Chooses the type of integers: by the format, or a wider one where the documented range does not fit into it.

use tablature_openapi::Spanned;
use tablature_openapi::document::Schema;
use tablature_openapi::node::Number;

use crate::codes;
use crate::ir::Type;
use crate::lower::ask::shape::Shape;
use crate::lower::context::Context;

/// The integer types from narrow to wide, each with its least and its greatest value.
const TYPES: [(Type, i128, i128); 4] = [
    (Type::I32, i32::MIN as i128, i32::MAX as i128),
    (Type::U32, 0, u32::MAX as i128),
    (Type::I64, i64::MIN as i128, i64::MAX as i128),
    (Type::U64, 0, u64::MAX as i128),
];

/// The narrowest type from that of the format on that takes all values in range; numbers of any size where none does.
pub fn lower(context: &Context<'_>, shape: &Shape<'_>) -> Type {
    let by_format = by_format(context, shape);
    let least = Bounds::of(shape, -1, |it| {
        [it.limits.minimum.as_ref(), it.limits.exclusive_minimum.as_ref()]
    });
    let greatest = Bounds::of(shape, 1, |it| {
        [it.limits.maximum.as_ref(), it.limits.exclusive_maximum.as_ref()]
    });
    let is_natural = least.end_at(0);
    let wider = TYPES.into_iter().skip_while(|(ty, ..)| *ty != by_format);
    let mut fitting = wider.filter(|(ty, low, high)| {
        let has_sign = *low < 0;
        (*ty == by_format || has_sign || is_natural) && least.fit(*low) && greatest.fit(*high)
    });
    fitting.next().map_or_else(Type::exact_number, |(ty, ..)| ty)
}

fn by_format(context: &Context<'_>, shape: &Shape<'_>) -> Type {
    let Some(format) = shape.format else { return Type::I64 };
    match format.value.as_str() {
        "int32" | "int16" | "int8" | "uint8" | "uint16" => Type::I32,
        "uint32" => Type::U32,
        "uint64" => Type::U64,
        "int64" => Type::I64,
        other => {
            let message = format!("the integer format `{other}` is not known; read as int64");
            context.ask.report(codes::UNKNOWN_FORMAT.at(format.span, message));
            Type::I64
        }
    }
}

/// The documented limits of a value on one side; the narrowest of them holds.
struct Bounds<'d> {
    inclusive: Vec<&'d Number>,
    exclusive: Vec<&'d Number>,
    /// 1 for limits above, -1 for those below.
    outwards: i128,
    /// Whether the range is stated by a format too, which the limits often repeat as a rounded double.
    has_format: bool,
}

impl<'d> Bounds<'d> {
    fn of(shape: &Shape<'d>, outwards: i128, limits: fn(&'d Schema) -> [Option<&'d Spanned<Number>>; 2]) -> Self {
        let parts = shape.parts.iter().map(|it| limits(it));
        let (inclusive, exclusive): (Vec<_>, Vec<_>) =
            parts.map(|[inclusive, exclusive]| (inclusive, exclusive)).unzip();
        let stated =
            |limits: Vec<Option<&'d Spanned<Number>>>| limits.into_iter().flatten().map(|it| &it.value).collect();
        Self {
            inclusive: stated(inclusive),
            exclusive: stated(exclusive),
            outwards,
            has_format: shape.format.is_some(),
        }
    }

    /// Whether nothing is said that is beyond the limit of a type.
    fn fit(&self, limit: i128) -> bool {
        self.inclusive.is_empty() && self.exclusive.is_empty() || self.end_at(limit)
    }

    /// Whether the values are said to end at `limit` or before.
    fn end_at(&self, limit: i128) -> bool {
        let reaches = |stated: &Number, limit: i128| {
            let limit = Number::new(limit.to_string());
            let double = |it: &Number| it.as_str().parse::<f64>().ok();
            let order = if self.outwards > 0 {
                stated.compare(&limit)
            } else {
                limit.compare(stated)
            };
            order.is_some_and(std::cmp::Ordering::is_le) || self.has_format && double(stated) == double(&limit)
        };
        self.inclusive.iter().any(|it| reaches(it, limit))
            || self.exclusive.iter().any(|it| reaches(it, limit + self.outwards))
    }
}
