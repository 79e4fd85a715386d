import Decisions
import Specifications

/// A question to the whole ledger, such as `outcome:refuse principle:protect_privacy since:2026-01-01 "medical"`.
///
/// Terms are joined by *and*; a leading `-` negates one. `field:value` compares a whole value, a word or a quoted phrase is looked
/// for in summaries and rationales. Without a `type:` only decisions are meant.
public struct Query: Sendable, Equatable {
    public enum Field: String, CaseIterable, Sendable {
        case id, type, outcome, kind, principle, authority, role, model, producer, session, trace, subject, since, until
    }

    public struct Term: Sendable, Equatable {
        public enum Condition: Sendable, Equatable {
            case field(Field, String)
            /// Microseconds since 1970: from this moment on.
            case since(Int64)
            /// Microseconds since 1970: before this moment.
            case until(Int64)
            /// A word or phrase of the full text.
            case words(String)
        }

        public let condition: Condition
        public let isNegated: Bool
    }

    public let terms: [Term]

    /// Why a query cannot be read.
    public enum Problem: Error, Equatable {
        case unknownField(String, nearest: String?)
        case noValue(String)
        case unclosedQuote
        case notATime(field: String, String)
        case noWords(String)
        case tooManyTerms(Int)
    }

    /// The most terms of one query.
    public static let termLimit = 100

    /// Reads the text of a query.
    public init(_ text: String) throws(Problem) {
        var terms: [Term] = []
        for token in try Self.tokens(text) { terms.append(try Self.term(token)) }
        let namesType = terms.contains { if case .field(.type, _) = $0.condition { true } else { false } }
        if !namesType { terms.append(Term(condition: .field(.type, EntryType.decision), isNegated: false)) }
        self.terms = terms
    }

    private struct Token {
        var isNegated = false
        var field: String?
        var value = ""
        var isQuoted = false
    }

    /// Splits at white space outside quotes. A quote opens at the beginning of a token or right after its colon.
    private static func tokens(_ text: String) throws(Problem) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard let first = rest.first else { return tokens }
            var token = Token()
            if first == "-", !rest.dropFirst().isEmpty {
                token.isNegated = true
                rest.removeFirst()
            }
            if rest.first != "\"",
                let colon = rest.prefix(while: { !$0.isWhitespace && $0 != "\"" }).firstIndex(of: ":")
            {
                token.field = String(rest[..<colon])
                rest = rest[rest.index(after: colon)...]
            }
            if rest.first == "\"" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: "\"") else { throw .unclosedQuote }
                token.value = String(rest[..<end])
                token.isQuoted = true
                rest = rest[rest.index(after: end)...]
            } else {
                token.value = String(rest.prefix { !$0.isWhitespace })
                rest = rest.dropFirst(token.value.count)
            }
            tokens.append(token)
            guard tokens.count <= termLimit else { throw .tooManyTerms(termLimit) }
        }
    }

    private static func term(_ token: Token) throws(Problem) -> Term {
        guard let name = token.field else {
            guard token.value.contains(where: { $0.isLetter || $0.isNumber }) else { throw .noWords(token.value) }
            return Term(condition: .words(token.value), isNegated: token.isNegated)
        }
        guard let field = Field(rawValue: name.lowercased()) else {
            let nearest = Nearest.matches(name.lowercased(), among: Field.allCases.map(\.rawValue), limit: 1)
            throw .unknownField(name, nearest: nearest.first)
        }
        guard !token.value.isEmpty else { throw .noValue(field.rawValue) }
        switch field {
        case .since, .until:
            guard let range = moment(token.value) else { throw .notATime(field: field.rawValue, token.value) }
            // A day that ends the search is part of it.
            let condition: Term.Condition = field == .since ? .since(range.lowerBound) : .until(range.upperBound)
            return Term(condition: condition, isNegated: token.isNegated)
        default: return Term(condition: .field(field, token.value), isNegated: token.isNegated)
        }
    }

    /// The stretch of time that a date, or a time of RFC 3339 in UTC, names, in microseconds since 1970.
    static func moment(_ text: String) -> Range<Int64>? {
        if text.utf8.count == 10, let day = Timestamp(Array("\(text)T00:00:00.000000Z".utf8)) {
            return day.microseconds..<day.microseconds + 86_400_000_000
        }
        guard text.hasSuffix("Z"), text.utf8.count >= 20 else { return nil }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count <= 2, fraction.utf8.count <= 6, parts.count == 1 || !fraction.isEmpty else { return nil }
        let padded = "\(parts[0]).\(fraction)\(String(repeating: "0", count: 6 - fraction.utf8.count))Z"
        guard let time = Timestamp(Array(padded.utf8)) else { return nil }
        return time.microseconds..<time.microseconds
    }
}

extension Query.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownField(let name, let nearest):
            "\(Self.start(of: name)): is no field of a query\(nearest.map { "; did you mean \($0):?" } ?? "")"
        case .noValue(let field): "\(field): needs a value"
        case .unclosedQuote: "a quote is not closed"
        case .notATime(let field, let text):
            "\(field):\(Self.start(of: text)) is no date like 2026-01-31 and no time like 2026-01-31T12:00:00Z"
        case .noWords(let text): "\"\(Self.start(of: text))\" holds no word to look for"
        case .tooManyTerms(let limit): "a query has at most \(limit) terms"
        }
    }

    /// The beginning of a text that may be as long as the query.
    private static func start(of text: String) -> String {
        let start = String(text.unicodeScalars.prefix(80))
        return start.utf8.count < text.utf8.count ? start + "…" : text
    }

    /// What can be asked.
    public var hint: String {
        "fields are \(Query.Field.allCases.map { "\($0.rawValue):" }.joined(separator: " ")); words and \"quoted phrases\" are looked for in summaries and rationales; - negates"
    }
}

extension Query {
    /// Whether an entry answers the query in all but its full text.
    func admits(_ entry: IndexedEntry) -> Bool {
        terms.allSatisfy { term in
            guard let holds = term.condition.holds(for: entry) else { return true }
            return holds != term.isNegated
        }
    }

    /// The full-text terms.
    var words: [(words: String, isNegated: Bool)] {
        terms.compactMap { if case .words(let words) = $0.condition { (words, $0.isNegated) } else { nil } }
    }
}

extension Query.Term.Condition {
    /// Whether an entry fulfils the condition; `nil` for full text, which this does not judge.
    fileprivate func holds(for entry: IndexedEntry) -> Bool? {
        switch self {
        case .words: nil
        case .since(let moment): entry.at >= moment
        case .until(let moment): entry.at < moment
        case .field(.principle, let value): entry.citations.contains { $0.isNamed(value) }
        case .field(.authority, let value): entry.citations.contains { $0.authority?.isSame(as: value) == true }
        case .field(.role, let value): entry.citations.contains { $0.role?.isSame(as: value) == true }
        case .field(let field, let value): entry.value(of: field)?.isSame(as: value) == true
        }
    }
}

extension IndexedEntry {
    fileprivate func value(of field: Query.Field) -> String? {
        switch field {
        case .id: id
        case .type: type
        case .outcome: outcome
        case .kind: kind
        case .model: model
        case .producer: producer
        case .session: session
        case .trace: trace
        case .subject: subject
        case .principle, .authority, .role, .since, .until: nil
        }
    }
}

extension IndexedEntry.IndexedCitation {
    /// Whether `value` names the section: its id, `document#section` or `document@version#section`.
    fileprivate func isNamed(_ value: String) -> Bool {
        [section, "#\(section)", "\(document)#\(section)", "\(document)@\(version)#\(section)"].contains {
            $0.isSame(as: value)
        }
    }
}

extension String {
    /// Whether the bytes are the same. Swift calls strings equal that Unicode does, and the index does not.
    fileprivate func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
