import Because
import Figures

extension ReportPage {
    /// The verdicts of a verification, each of its own, and what was not checked.
    var integrity: Section {
        guard let verified = content.verification else {
            return Section(
                id: "integrity", title: "What was verified",
                lede:
                    "Nothing. The numbers below were counted in the log as it lay there; nobody checked for this page whether it is what was recorded.",
                body: "<p>To check it: <code>because verify</code>.</p>\n")
        }
        let report = verified.report
        var table = Table("A verdict on each aspect", ["Aspect", "Verdict", "What it rests on"])
        for aspect in report.aspects {
            table.add(
                "\(aspect.rawValue.replacing("_", with: " "))",
                [Self.shown(report.verdict(aspect)), "\(report.basis(aspect))"])
        }
        return Section(
            id: "integrity", title: "What was verified", lede: "\(report.conclusion)",
            body: """
                <div class="words">\(table.markup)</div>
                \(findings(report))<h3>What was not checked</h3>
                \(Self.list(unchecked(verified)))
                """)
    }

    private static func shown(_ verdict: VerificationReport.Verdict) -> Markup {
        switch verdict {
        case .holds: "<span class=\"verdict holds\">\u{2713} holds</span>"
        case .broken: "<span class=\"verdict broken\">\u{2717} broken</span>"
        case .gap: "<span class=\"verdict unsure\">\u{25CB} gap</span>"
        case .cannotTell: "<span class=\"verdict unsure\">? cannot tell</span>"
        }
    }

    private func findings(_ report: VerificationReport) -> Markup {
        let all = report.findings.all
        guard !all.isEmpty else { return "" }
        let shown = all.prefix(top).map { finding -> Markup in
            let place: Markup = finding.entry.map { "entry \(Figure.count(Int(clamping: $0))): " } ?? ""
            return finding.severity == .broken
                ? "<span class=\"verdict broken\">\u{2717}</span> \(place)\(finding.message)"
                : "\(place)\(finding.message)"
        }
        let hidden = report.findings.counts.values.reduce(0, +) - shown.count
        let more: [Markup] = hidden > 0 ? ["and \(Figure.count(hidden)) more; because verify lists them"] : []
        return "<h3>What it found</h3>\n\(Self.list(shown + more))"
    }

    private func unchecked(_ verified: ReportContent.Verified) -> [Markup] {
        let report = verified.report
        var items: [Markup] = []
        if !verified.hasOwnKey {
            items.append(
                "Whether the key is the log's: it was taken from the ledger itself. Whoever changed everything could have changed it as well."
            )
        }
        if report.witnessing.statements.isEmpty {
            items.append(
                "Whether the log ever had another history: \(report.witnessing.sentence(of: report.log?.size ?? 0)).")
        } else {
            items.append("The witnesses\u{2019} own logs: \(report.witnessing.sentence(of: report.log?.size ?? 0)).")
        }
        if !report.aspects.contains(.consistency) {
            items.append("Whether the log goes on from a checkpoint that somebody kept: none was given.")
        }
        for aspect in report.aspects where report.verdict(aspect) == .cannotTell && aspect != .consistency {
            items.append("\(aspect.rawValue.replacing("_", with: " ").capitalizedFirst): \(report.basis(aspect)).")
        }
        return items
    }

    static func list(_ items: [Markup]) -> Markup {
        "<ul class=\"limits\">\n\(items.map { "<li>\($0)</li>\n" as Markup }.joined())</ul>\n"
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
