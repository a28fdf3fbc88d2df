//! The quality of a data set in words: sections of findings, each with a mark that says whether to look at it.

mod lines;
mod sections;

use serde::Serialize;

use crate::{tr, tr_count};

/// What a finding says to who looks for trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// As it should be.
    Ok,
    /// Worth a look.
    Look,
    /// Likely wrong, or so much that figures depend on it.
    Problem,
}

impl Mark {
    /// The mark in a word, in the language in use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => tr!("mark of a finding" | "ok"),
            Self::Look => tr!("mark of a finding" | "look"),
            Self::Problem => tr!("mark of a finding" | "problem"),
        }
    }

    /// Trouble with a part of a whole: none is ok, and a hundredth or more is a problem.
    fn of_part(part: u64, whole: u64) -> Self {
        match part {
            0 => Self::Ok,
            part if part.saturating_mul(100) < whole => Self::Look,
            _ => Self::Problem,
        }
    }

    /// Ok where there is nothing to look at.
    const fn of_count(number: u64) -> Self {
        if number == 0 { Self::Ok } else { Self::Look }
    }
}

/// One line about the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether to look at it; `None` for what is only to be known.
    pub mark: Option<Mark>,
    /// What it is about.
    pub subject: String,
    /// What was found.
    pub words: String,
    /// Examples and the like.
    pub details: Vec<String>,
}

/// Findings about one thing, in the language in use when they were put into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What about.
    pub title: &'static str,
    /// Whether more is to come once the files are surveyed.
    pub pending: bool,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// How much of some sections there is to look at.
#[must_use]
pub fn headline(sections: &[Section]) -> String {
    let marks = || sections.iter().flat_map(|section| &section.findings).filter_map(|finding| finding.mark);
    let [problems, looks, fine] =
        [Mark::Problem, Mark::Look, Mark::Ok].map(|mark| marks().filter(|found| *found == mark).count());
    tr_count!(
        problems as u64,
        "{count} problem, {looks} to look at, {fine} ok",
        "{count} problems, {looks} to look at, {fine} ok",
        looks,
        fine,
    )
}

fn finding(mark: impl Into<Option<Mark>>, subject: impl Into<String>, words: impl Into<String>) -> Finding {
    Finding { mark: mark.into(), subject: subject.into(), words: words.into(), details: Vec::new() }
}

impl Finding {
    fn with(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DataSet, Quality};
    use crate::data::load::{LoadError, Request, load};
    use crate::data::place::Place;
    use crate::job::{CancelToken, Progress};
    use crate::lang::{Language, within};

    #[test]
    fn findings_are_told_in_the_language_in_use_and_reasons_keep_the_words_of_programs() -> Result<(), LoadError> {
        let bytes = b"customer,date,amount\nA,2024-01-01,1.50\n,2024-01-03,2\nB,soon,3\nC,2024-01-02,4\n";
        let request = Request { places: vec![Place::BuiltIn { name: "made up", bytes }], ..Request::default() };
        let loaded = load(&request, &Progress::default(), &CancelToken::default())?;
        let quality = || Quality::of(DataSet::of(&loaded, request.policies), None, None);
        let chinese = within(Language::Hans, || {
            let sections = quality().sections();
            let lines = sections.iter().flat_map(|section| &section.findings);
            lines.map(|finding| format!("{} {}", finding.subject, finding.words)).collect::<Vec<_>>()
        });
        for line in [
            "客户 `customer`：列名是客户的常用名；4 行样本中 3 行有值，3 个不同值",
            "订单 没有列：每行是一笔订单",
            "行 读取 4 = 保留 2 + 剔除 2",
            "缺少客户 1 行，25.0%，按处理规则 `匿名行`",
            "日期无法识别 1 行，25.0%",
            "时段 2024-01-01 至 2024-01-02，2 天",
        ] {
            assert!(chinese.iter().any(|told| told == line), "{line} is not among {chinese:#?}");
        }
        let reasons =
            within(Language::Hans, || quality().rows.rejected.iter().map(|one| one.reason).collect::<Vec<_>>());
        assert_eq!(reasons, ["missing customer", "unreadable date"]);
        Ok(())
    }
}
