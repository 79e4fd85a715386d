/// A table as RFC 4180 text, for spreadsheets.
///
/// What a spreadsheet would run as a formula stays a text: OWASP's list of first characters, each kept behind an apostrophe.
public struct CSVTable: Sendable {
    /// One field of a row.
    public enum Cell: Sendable, Equatable {
        /// Of any origin: made harmless.
        case text(String)
        case integer(Int64)
        /// Rounded to four places.
        case fraction(Double)
        /// Nothing is known; another thing than zero.
        case empty
    }

    /// The names of the columns; a row has as many cells.
    public let columns: [String]
    public private(set) var rows: [[Cell]] = []

    public init(_ columns: String...) { self.columns = columns }

    /// Adds a row.
    ///
    /// - Precondition: It has a cell for each column.
    public mutating func add(_ cells: Cell...) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells)
    }

    /// The header and the rows, each ending with CR LF.
    public var text: String {
        ([columns.map(Cell.text)] + rows)
            .map { $0.map(\.field).joined(separator: ",") + "\r\n" }.joined()
    }
}

extension CSVTable.Cell: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .text(value) }

    /// The text where there is one.
    public init(_ text: String?) { self = text.map(Self.text) ?? .empty }

    /// The number where there is one.
    public init(_ number: (some BinaryInteger)?) { self = number.map { .integer(Int64($0)) } ?? .empty }

    /// As a field of a row.
    fileprivate var field: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .integer(let number): "\(number)"
        case .fraction(let number): Self.decimal(number)
        case .empty: ""
        }
    }

    /// First characters that make a spreadsheet calculate: the ASCII ones and their full-width forms. Tabs and line ends, the
    /// others of OWASP's list, are spaces by then.
    private static let formulaStarts: Set<Character> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

    private static func quoted(_ text: String) -> String {
        var shown = VisibleText.line(text)
        if let first = shown.first(where: { $0 != " " }), formulaStarts.contains(first) { shown = "'" + shown }
        guard shown.contains(where: { $0 == "," || $0 == "\"" }) || shown.hasPrefix(" ") || shown.hasSuffix(" ") else {
            return shown
        }
        return "\"" + shown.replacing("\"", with: "\"\"") + "\""
    }

    private static func decimal(_ number: Double) -> String {
        guard number.isFinite else { return "" }
        let scaled = (number.magnitude * 10_000).rounded()
        guard scaled < 1e15 else { return "\(number)" }
        let whole = Int64(scaled)
        let digits = String(whole % 10_000)
        let places = String(repeating: "0", count: 4 - digits.count) + digits
        return "\(number < 0 && whole > 0 ? "-" : "")\(whole / 10_000).\(places)"
    }
}
