import Ledgers

extension CompletenessReport {
    /// A line for each run, and under it what stands out. Runs that are not closed and were last seen more than `seconds`
    /// before the newest entry are said to be silent.
    public func text(silentAfter seconds: Int64) -> String {
        let silent = Set(silent(after: seconds).map(\.run))
        return accounts.map { account in
            let epoch = account.run.epoch.map { " run \($0)" } ?? ""
            var lines = ["\(account.run.producer)\(epoch): \(account.verdict.sentence)"]
            lines += account.remarks.map { "    " + $0 }
            if silent.contains(account.run) { lines.append("    silent since \(account.lastSeen), and not closed") }
            return lines.map { VisibleText.line($0) + "\n" }.joined()
        }.joined()
    }
}
