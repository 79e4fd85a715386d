import Ledgers

extension CompletenessReport {
    /// How many runs there are of each verdict; then a line for each run, or for those of the verdict `only`, and under it what
    /// stands out. Runs that are not closed and were last seen more than `seconds` before the newest entry are said to be silent.
    public func text(silentAfter seconds: Int64 = Self.silence, only: ProducerAccount.Verdict.Kind? = nil) -> String {
        guard !accounts.isEmpty else { return "" }
        // Each verdict once: it goes through the gaps of the run.
        let judged = accounts.map { ($0, $0.verdict) }
        let shown = judged.filter { only == nil || $1.kind == only }
        return summary(judged) + shown.map { text(of: $0, $1, silentAfter: seconds) }.joined()
    }

    private func summary(_ judged: [(account: ProducerAccount, verdict: ProducerAccount.Verdict)]) -> String {
        let counts = Dictionary(grouping: judged) { $0.verdict.kind }.mapValues(\.count)
        let closed = judged.count { $0.verdict.kind == .complete && $0.account.numbering.isClosed }
        let producers = Set(accounts.map(\.run.producer)).count
        return """
            \(Self.counted(accounts.count, "run")) of \(Self.counted(producers, "producer")): \
            \(counts[.complete] ?? 0) complete (\(closed) closed), \(counts[.gap] ?? 0) with a gap, \
            \(counts[.cannotTell] ?? 0) cannot be told

            """
    }

    private static func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

    private func text(
        of account: ProducerAccount, _ verdict: ProducerAccount.Verdict, silentAfter seconds: Int64
    ) -> String {
        let epoch = account.run.epoch.map { " run \($0)" } ?? ""
        let remarks = account.remarks(at: newest, silentAfter: seconds)
        return (["\(account.run.producer)\(epoch): \(verdict.sentence)"] + remarks.map { "    " + $0 })
            .map { VisibleText.line($0) + "\n" }.joined()
    }
}
