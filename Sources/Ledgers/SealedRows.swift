import Cryptography
import Decisions
import JSON
import Storage

/// The disclosures that lie beside the entries of one segment: hashed where SQLite holds them, and not kept.
final class SealedRows {
    struct Row {
        let number: UInt64
        let ordinal: Int32
        /// The place of the code of the subject that the disclosure names, or -1.
        let subject: Int32
        let digest: Digest
    }

    private(set) var rows: [Row] = []
    private var codes: [Digest] = []
    private let key: HMACSHA256.Key
    /// The first row that no entry asked for.
    private var next = 0

    init(subjectKey: [UInt8]) { key = HMACSHA256.Key(subjectKey) }

    /// Reads those of a segment in place of those before.
    func read(_ range: Range<UInt64>, _ snapshot: any StoreSnapshot) throws {
        next = 0
        // Taken out for as long as they are filled: an access to a member of a class is looked after at run time.
        var rows: [Row] = []
        var codes: [Digest] = []
        swap(&rows, &self.rows)
        swap(&codes, &self.codes)
        defer { (self.rows, self.codes) = (rows, codes) }
        rows.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        let key = key
        var isOrdered = true
        try snapshot.disclosures(range) { number, ordinal, text in
            if let last = rows.last, last.number > number { isOrdered = false }
            var subject = -1
            if let code = Self.subject(text, key) {
                subject = codes.count
                codes.append(code)
            }
            rows.append(
                Row(
                    number: number, ordinal: Int32(ordinal), subject: Int32(subject),
                    digest: SHA256.digest(of: text)))
        }
        // Pages that do not hold together can give rows in any order.
        guard !isOrdered else { return }
        let ordered = rows.enumerated().sorted {
            ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
        }
        rows = ordered.map(\.element)
    }

    /// The code of the subject that a disclosure names, if it names one.
    private static func subject(_ text: UnsafeRawBufferPointer, _ key: HMACSHA256.Key) -> Digest? {
        guard Disclosure.mayNameSubject(text), let disclosure = Disclosure(parsing: Array(text)),
            disclosure.name == "subject", var name = disclosure.value.text
        else { return nil }
        return name.withUTF8 { key.code(of: UnsafeRawBufferPointer($0)) }
    }

    /// The places of the rows of entry `number`. Entries ask in ascending order.
    func places(of number: UInt64) -> Range<Int> {
        while next < rows.count, rows[next].number < number { next += 1 }
        var end = next
        while end < rows.count, rows[end].number == number { end += 1 }
        return next..<end
    }

    /// The code of the subject that a row names.
    func subject(_ row: Row) -> Digest? { row.subject < 0 ? nil : codes[Int(row.subject)] }
}
