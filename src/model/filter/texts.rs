//! The texts that a filter compares with, changed for others.

use super::{Comparison, Filter, Literal, Placed, Test};

impl Filter {
    /// The same with other texts in the place of those that some fields, told by their names, are equal to or are one of;
    /// `other` says nothing of those that stay. Patterns stay as they are.
    #[must_use]
    pub fn with_texts(&self, is_asked: &dyn Fn(&str) -> bool, other: &dyn Fn(&str) -> Option<String>) -> Self {
        let all = |members: &[Self]| members.iter().map(|member| member.with_texts(is_asked, other)).collect();
        match self {
            Self::And(members) => Self::And(all(members)),
            Self::Or(members) => Self::Or(all(members)),
            Self::Not(inner) => Self::Not(Box::new(inner.with_texts(is_asked, other))),
            Self::Is(name, test) if is_asked(&name.value) => {
                let value = |value: &Placed<Literal>| match &value.value {
                    Literal::Text(text) => {
                        let text = other(text).unwrap_or_else(|| text.clone());
                        Placed::new(Literal::Text(text), value.at)
                    }
                    Literal::Number(_) => value.clone(),
                };
                let test = match test {
                    Test::Compare(comparison @ (Comparison::Equal | Comparison::Unequal), text) => {
                        Test::Compare(*comparison, value(text))
                    }
                    Test::In { values, negated } => {
                        Test::In { values: values.iter().map(value).collect(), negated: *negated }
                    }
                    test => test.clone(),
                };
                Self::Is(name.clone(), test)
            }
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::filter::FilterError;

    #[test]
    fn texts_are_changed_wherever_a_field_is_compared_with_them() -> Result<(), FilterError> {
        let filter: Filter =
            "not (a = 'x' and (b = 'x' or a in ('y', 'x', 3))) or a like 'x' or a != 'x' or vip('x')".parse()?;
        let changed = filter.with_texts(&|name| name == "a", &|text| (text == "x").then(|| "it's".to_owned()));
        let expected =
            "not (a = 'it''s' and (b = 'x' or a in ('y', 'it''s', 3))) or a like 'x' or a != 'it''s' or vip('x')";
        assert_eq!(changed.to_string(), expected);
        Ok(())
    }
}
