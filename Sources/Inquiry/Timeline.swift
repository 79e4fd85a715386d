public import Decisions
import JSON
import Ledgers

/// The decisions of one session or trace and the facts about them, in the order in which they happened.
public struct Timeline: Sendable {
    /// What holds records together.
    public enum Thread: Sendable, Equatable {
        case session(String)
        case trace(String)

        /// `session` or `trace`.
        public var name: String { if case .session = self { "session" } else { "trace" } }
        public var value: String {
            switch self {
            case .session(let value), .trace(let value): value
            }
        }
    }

    public let thread: Thread
    /// By the time that the application gives, or else the ledger's; those of one moment in the order of the log.
    public let items: [Item]
    /// Whether there are more than were asked for: these are the first that were recorded.
    public let isCut: Bool
    /// Whether it was looked up in the index, which cannot show what it leaves out.
    public let isFromIndex: Bool
    /// What could not be looked up, and why.
    public var notes: [String]

    /// One record, proven.
    public struct Item: Sendable {
        public let id: String
        public let number: UInt64
        public let type: String
        /// When it was recorded, by the ledger's clock.
        public let at: Timestamp
        /// When it happened, as the application wrote it.
        public let occurred: String?
        /// Whether something that happened later was recorded before it.
        public internal(set) var isRecordedLate = false
        /// What it records, on one line.
        public let says: String
        public let outcome: String?
        /// Sealed fields of it that no disclosure opens.
        public let missingCount: Int
        /// Whether the record itself names the session or trace; otherwise it is about one that does.
        public let isPart: Bool
        /// The records that it names, each with how it relates.
        public let links: [Link]
        /// The records that name it.
        public internal(set) var linkedBy: [Link] = []

        /// The moment it is ordered by.
        var moment: Timestamp { occurred.flatMap(Timestamp.init(rfc3339:)) ?? at }
    }

    /// A record that names another.
    public struct Link: Sendable, Equatable {
        /// The name of the member that names it, or the `rel` of a link.
        public let rel: String
        /// The other record.
        public let id: String
    }
}

extension LedgerIndex {
    /// The most decisions of one timeline, unless another number is asked for.
    public static let timelineLimit = 1000

    /// What is on record of a session or trace: the first `limit` records that name it, and every fact that points to these.
    public func timeline(of thread: Timeline.Thread, limit: Int = timelineLimit) throws -> Timeline {
        var reach = self.reach()
        // A fact in what the index does not hold may be about a decision in what it does, and the other way round.
        if reach.indexed != .max { reach.indexed = 0 }
        var lookup = try found(ThreadLookup(thread, limit: limit), &reach).found
        lookup.follow()
        return try ledger.read { view in
            var records: [(entry: IndexedEntry, proven: ProvenEntry)] = []
            for number in lookup.numbers where number < view.size {
                let proven = try view.proven(number)
                records.append((IndexedEntry(proven, view.specifications), proven))
            }
            // Judged by what is proven, whatever it was found as.
            let shown = lookup.shown(records.map(\.entry))
            var items: [Timeline.Item] = []
            var outside: [(id: String, links: [Timeline.Link])] = []
            for (entry, proven) in records {
                let links = entry.links.map { Timeline.Link(rel: $0.rel, id: $0.id) }
                if shown.contains(entry.id),
                    let record = try RevealedRecord(proven.entry, disclosures: proven.disclosures)
                {
                    items.append(.init(proven.entry, record, links, isPart: thread.holds(entry)))
                } else if links.contains(where: { shown.contains($0.id) }) {
                    outside.append((entry.id, links))
                } else {
                    reach.noteWrong(entry.number)
                }
            }
            return Timeline(
                thread: thread, items: Timeline.ordered(items, outside), isCut: lookup.isCut,
                isFromIndex: reach.isFromIndex, notes: reach.notes)
        }
    }
}

extension Timeline.Item {
    fileprivate init(_ entry: Entry, _ record: RevealedRecord, _ links: [Timeline.Link], isPart: Bool) {
        self.init(
            id: entry.id, number: entry.number, type: entry.type, at: entry.at,
            occurred: record.content["occurred"]?.text, says: EntryText.line(record),
            outcome: record.content["outcome"]?.text, missingCount: record.missing.count, isPart: isPart, links: links)
    }
}

extension Timeline {
    /// The items in the order of their moments, with who links to them.
    fileprivate static func ordered(_ items: [Item], _ outside: [(id: String, links: [Link])]) -> [Item] {
        var linkedBy: [String: [Link]] = [:]
        for (id, links) in items.map({ ($0.id, $0.links) }) + outside {
            for link in links { linkedBy[link.id, default: []].append(Link(rel: link.rel, id: id)) }
        }
        var ordered = items.sorted { ($0.moment, $0.number) < ($1.moment, $1.number) }
        var earliest = UInt64.max
        for index in ordered.indices.reversed() {
            ordered[index].isRecordedLate = ordered[index].number > earliest
            earliest = min(earliest, ordered[index].number)
            ordered[index].linkedBy = linkedBy[ordered[index].id] ?? []
        }
        return ordered
    }
}

extension Timeline.Thread {
    /// Whether a record names the session or trace.
    func holds(_ entry: IndexedEntry) -> Bool {
        switch self {
        case .session(let value): entry.session.map { $0.utf8.elementsEqual(value.utf8) } ?? false
        case .trace(let value): entry.trace.map { $0.utf8.elementsEqual(value.utf8) } ?? false
        }
    }
}
