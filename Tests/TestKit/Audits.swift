import Glibc

/// Whether slow audits run too: suites whose names end in `Audits` ask for it.
///
/// They repeat with many more seeds, or in many more variations, what `swift test` shows with few.
/// `ORRERY_AUDITS=1 swift test --filter Audits` runs them, and so does `.ci/run`.
public let isAuditing = getenv("ORRERY_AUDITS") != nil
