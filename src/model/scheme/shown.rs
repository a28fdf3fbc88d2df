//! What segments are called where people read and type them: those of built-in schemes in the language in use.

use super::{NO_SEGMENT, Scheme};
use crate::lang;

impl Scheme {
    /// The name of a segment as people read it, by its number in a [`super::SegmentMap`]. Files and filters keep
    /// [`Scheme::segment_name`].
    #[must_use]
    pub fn segment_title(&self, segment: usize) -> &str {
        lang::name("segment", self.segment_name(segment))
    }

    /// The name of the segment that is shown as a text; `None` where a segment has that very name, where none is shown so,
    /// and where several are.
    #[must_use]
    pub fn own_name(&self, shown: &str) -> Option<&str> {
        let names = || self.segments.iter().map(|segment| segment.name.as_str()).chain([NO_SEGMENT]);
        if names().any(|name| name == shown) {
            return None;
        }
        let mut found = names().filter(|name| lang::name("segment", name) == shown);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// What is typed for a segment, by its number in a [`super::SegmentMap`]: what is shown, where it is understood.
    #[must_use]
    pub fn typed_name(&self, segment: usize) -> &str {
        let (name, title) = (self.segment_name(segment), self.segment_title(segment));
        if self.own_name(title) == Some(name) { title } else { name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, within};
    use crate::model::schemes::Catalogue;

    #[test]
    fn what_is_shown_is_understood_unless_a_segment_is_called_so() -> Result<(), Box<dyn std::error::Error>> {
        let scheme = Catalogue::built_in().find("rfm-11")?;
        let own = Scheme::parse(
            "name = \"own\"\ntitle = \"Own\"\n[[segment]]\nname = \"Champions\"\ncells = \"222\"\n\
             [[segment]]\nname = \"重要价值客户\"\notherwise = true",
        )?;
        assert_eq!((scheme.segment_title(0), scheme.own_name("Champions")), ("Champions", None));
        within(Language::Hans, || {
            assert_eq!((scheme.segment_title(0), scheme.typed_name(0)), ("重要价值客户", "重要价值客户"));
            assert_eq!(scheme.own_name("重要价值客户"), Some("Champions"));
            assert_eq!((scheme.own_name("Champions"), scheme.own_name("没有")), (None, None));
            assert_eq!((own.own_name("重要价值客户"), own.typed_name(0)), (None, "Champions"));
        });
        Ok(())
    }
}
