import Because
import Figures

extension ReportPage {
    /// A section of what cannot be told of a log that does not hold.
    private static func unknown(_ id: String, _ title: String, _ error: any Error) -> Section {
        Section(id: id, title: title, lede: "It cannot be told: \(String(describing: error)).", body: "")
    }

    /// Whether the runs of each producer are complete.
    var completeness: Section {
        switch content.completeness {
        case .success(let report): completeness(report)
        case .failure(let error): Self.unknown("completeness", "Completeness by producer", error)
        }
    }

    private func completeness(_ report: CompletenessReport) -> Section {
        let producers = ProducerRunCounts.all(report.accounts)
        let unnumbered = report.unnumbered
        let rest: Markup =
            unnumbered > 0 ? " Of \(Self.count(unnumbered, "decision")) without a number nothing can be told." : ""
        guard !producers.isEmpty else {
            return Section(
                id: "completeness", title: "Completeness by producer",
                lede: "No producer numbers its decisions.\(rest)",
                body: "")
        }
        var table = Table(
            "Runs of each producer, in the whole ledger",
            ["Producer", "Decisions", "Runs", "Complete", "Gap", "Cannot tell", "Numbers missing"])
        for producer in producers.prefix(top) { table.add("<code>\(producer.name)</code>", producer.cells) }
        let hidden = producers.dropFirst(top)
        if !hidden.isEmpty {
            table.add("and \(Figure.count(hidden.count)) more", ProducerRunCounts.sum(Array(hidden)).cells)
        }
        table.add("all", ProducerRunCounts.sum(producers).cells)
        let bars = producers.prefix(top).map { Bar("<code>\($0.name)</code>", "\($0.words)", parts: $0.parts) }
        let more: Markup =
            hidden.isEmpty
            ? ""
            : "<p class=\"small\">and \(Figure.count(hidden.count)) more producers: \(ProducerRunCounts.sum(Array(hidden)).words).</p>\n"
        return Section(
            id: "completeness", title: "Completeness by producer",
            lede:
                "By the numbers that producers give their decisions, in the whole ledger; those with gaps first. A run that is not closed is complete as far as it goes. An application that never recorded a decision is not noticed.\(rest)",
            body: Bar.list(Array(bars)) + more + table.details)
    }

    // MARK: Specifications

    /// Which version was in force when.
    var timeline: Section {
        switch content.versions {
        case .success(let versions): timeline(versions)
        case .failure(let error): Self.unknown("specifications", "Specification versions in force", error)
        }
    }

    private func timeline(_ versions: [VersionInForce]) -> Section {
        guard !versions.isEmpty else {
            return Section(id: "specifications", title: "Specifications", lede: "None was registered.", body: "")
        }
        let moments = versions.map(\.from.microseconds)
        let newest = (try? content.completeness.get().newest) ?? statistics.last
        let from = moments.min() ?? 0
        let to = max(newest?.microseconds ?? 0, moments.max() ?? 0)
        let span = Double(max(1, to - from))
        func place(_ moment: Timestamp?) -> Double { moment.map { Double($0.microseconds - from) / span } ?? 1 }
        let cited = Dictionary(statistics.versions.map { ($0.name ?? "", $0.tally.decisions) }) { $0 + $1 }
        let first = versions.map(\.entry).sorted().suffix(top).first ?? 0
        let shown = versions.filter { $0.entry >= first }
        var table = Table("Versions and when they were in force", ["Version", "From", "Until", "Entry", "Decisions"])
        let bars = shown.map { version -> Bar in
            let name = "\(version.document)@\(version.version)"
            let decisions = cited[name] ?? 0
            let until: Markup = version.until.map(Self.minute) ?? "now"
            table.add(
                "<code>\(name)</code>",
                [
                    "\(Self.minute(version.from))", "\(until)", "\(Figure.count(Int(version.entry)))",
                    "\(Figure.count(decisions))",
                ])
            // A version that was replaced at once is seen all the same.
            let (start, end) = (min(place(version.from), 0.995), place(version.until))
            return Bar(
                "<code>\(version.version)</code> <span class=\"note\">\(version.document)</span>",
                "\(Self.count(decisions, "decision"))", note: "\(Self.minute(version.from)) to \(until)",
                segments: [BarSegment(kind: "plain", from: start, to: max(end, start + 0.005))])
        }
        let hidden = versions.count - shown.count
        let more: Markup = hidden > 0 ? "<p class=\"small\">and \(Figure.count(hidden)) more.</p>\n" : ""
        return Section(
            id: "specifications", title: "Specification versions in force",
            lede:
                "Left is \(Self.minute(Timestamp(microseconds: from))), right the newest entry, \(Self.minute(Timestamp(microseconds: to))). Beside each version stands how many of the decisions counted cite a principle of it.",
            body: Bar.list(Array(bars)) + more + table.details)
    }

    // MARK: Inconsistent records

    /// Records that do not fit the authorities of their specification.
    var inconsistencies: Section {
        switch content.lint {
        case .success(let lint): inconsistencies(lint)
        case .failure(let error): Self.unknown("inconsistent", "Inconsistent records", error)
        }
    }

    private func inconsistencies(_ lint: ReportContent.Lint) -> Section {
        guard lint.counts.inconsistent > 0 else {
            return Section(
                id: "inconsistent", title: "Inconsistent records",
                lede:
                    "None: of \(Self.count(lint.counts.decisions, "decision")), \(Figure.count(lint.counts.compared)) cite registered words or record a conflict, and all of these fit the authorities of their specifications.",
                body: "")
        }
        let greatest = Double(lint.kinds.values.max() ?? 1)
        let bars = lint.kinds.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { kind, count in
            Bar(
                "\(kind.rawValue.replacing("_", with: " "))", "\(Figure.count(count))",
                length: Double(count) / greatest,
                kind: "bad")
        }
        let items = lint.newest.reversed().map { record -> Markup in
            let sentences = record.inconsistencies.map { "\($0.field): \($0.sentence)" }.joined(separator: "; ")
            return "<code>\(record.id)</code>, entry \(Figure.count(Int(record.number))): \(sentences)"
        }
        let hidden = lint.counts.inconsistent - items.count
        let more: [Markup] =
            hidden > 0 ? ["and \(Figure.count(hidden)) more; <code>because lint</code> lists them"] : []
        return Section(
            id: "inconsistent", title: "Inconsistent records",
            lede:
                "\(Self.count(lint.counts.inconsistent, "record")) of \(Figure.count(lint.counts.compared)) in the whole ledger that cite registered words or record a conflict do not fit the authorities of their specification. That says nothing of whether the decisions were right.",
            body: Bar.list(bars) + Self.list(Array(items) + more))
    }

    // MARK: Limits

    /// What the page does not show, and how to make it again.
    var limits: Section {
        Section(
            id: "limits", title: "What this page does not show", lede: "It counts what was recorded.",
            body: Self.list([
                "Whether what was recorded is true, or whether the reasons given are what caused the decisions.",
                "Decisions that nobody recorded. Numbers of producers show gaps only where a producer numbers.",
                "Whether a decision was right, a rule fair or a law met. Rates are not judgements.",
                "Anything after entry \(Figure.count(Int(content.checkpoint.size) - 1)), and anything that was sealed: summaries, reasons and persons are not in this file.",
                "That this file is what the program wrote: it is not signed. <code>because report</code> makes it again from the ledger, <code>because stats --json</code> prints the numbers, <code>because verify</code> checks the log.",
            ]))
    }
}

/// What became of the runs of a producer.
private struct ProducerRunCounts {
    let name: String
    var decisions = 0
    var complete = 0
    var gap = 0
    var unknown = 0
    var missing: Int64 = 0

    /// By producer; those with most gaps first, then those of which nothing can be told.
    static func all(_ accounts: [ProducerAccount]) -> [ProducerRunCounts] {
        var counts: [String: ProducerRunCounts] = [:]
        for account in accounts {
            counts[account.run.producer, default: ProducerRunCounts(name: account.run.producer)].add(account)
        }
        return counts.values.sorted {
            ($1.gap, $1.unknown, $1.decisions, $0.name) < ($0.gap, $0.unknown, $0.decisions, $1.name)
        }
    }

    static func sum(_ counts: [ProducerRunCounts]) -> ProducerRunCounts {
        counts.reduce(into: ProducerRunCounts(name: "all")) {
            $0.decisions += $1.decisions
            $0.complete += $1.complete
            $0.gap += $1.gap
            $0.unknown += $1.unknown
            $0.missing = $0.missing.addingReportingOverflow($1.missing).partialValue
        }
    }

    private mutating func add(_ account: ProducerAccount) {
        decisions += account.numbering.numbers.ranges.reduce(0) { $0 + $1.count }
        switch account.verdict {
        case .complete: complete += 1
        case .cannotTell: unknown += 1
        case .gap(let ranges, let declared, _):
            gap += 1
            missing = (ranges + declared).reduce(missing) {
                $0.addingReportingOverflow($1.upperBound - $1.lowerBound + 1).partialValue
            }
        }
    }

    var parts: [(kind: String, count: Int)] { [("good", complete), ("bad", gap), ("ask", unknown)] }

    var words: String {
        [(complete, "complete"), (gap, "with a gap"), (unknown, "cannot tell")].filter { $0.0 > 0 }
            .map { "\(Figure.count($0.0)) \($0.1)" }.joined(separator: ", ")
    }

    var cells: [Markup] {
        [decisions, complete + gap + unknown, complete, gap, unknown, Int(missing)].map { "\(Figure.count($0))" }
    }
}
