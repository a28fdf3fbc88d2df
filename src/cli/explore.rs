//! explore
pub(super) fn run(_: &super::ExploreArgs) -> anyhow::Result<()> { Ok(()) }
