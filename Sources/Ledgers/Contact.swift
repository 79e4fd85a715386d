public import Decisions
public import JSON
import Notes

/// Where a decision can be contested, as whoever runs the ledger publishes it. It stands in the log in clear.
public struct Contact: Sendable, Equatable {
    /// Characters of a contact, as Unicode counts scalars.
    public static let characterLimit = 1024

    /// One or more lines.
    public let text: String

    /// Takes a text that can be shown anywhere as it is.
    public init(_ text: String) throws(Problem) {
        guard !text.allSatisfy(\.isWhitespace) else { throw .empty }
        let scalars = text.unicodeScalars
        guard scalars.count <= Self.characterLimit else { throw .tooLong(got: scalars.count) }
        for (index, scalar) in scalars.enumerated() where scalar != "\n" {
            guard scalar.value >= 0x20, !JSON.isHidden(scalar) else { throw .control(scalar, at: index + 1) }
        }
        self.text = text
    }

    /// Why a text is no contact.
    public enum Problem: Error, Equatable {
        case empty
        case tooLong(got: Int)
        /// A character that moves the cursor, or hides or reorders its neighbours; its place counts from 1.
        case control(Unicode.Scalar, at: Int)
    }

    /// A contact with the entry that says it.
    public struct Recorded: Sendable, Equatable {
        public let contact: Contact
        /// The log whose entry it is.
        public let origin: String
        public let entry: UInt64
        public let at: Timestamp

        public var text: String { contact.text }

        /// `{"at","n","origin","text"}`.
        public var json: JSON {
            [
                "text": .string(text), "origin": .string(origin), "n": .integer(Int64(entry)),
                "at": .string(at.description),
            ]
        }
    }
}

extension Contact.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "the contact is empty"
        case .tooLong(let got): "the contact has \(got) characters; at most \(Contact.characterLimit) are kept"
        case .control(let scalar, let place):
            "character \(place) of the contact is U+\(String(scalar.value, radix: 16, uppercase: true)), which controls or hides what stands beside it"
        }
    }

    public var hint: String {
        switch self {
        case .empty, .tooLong: "say in a few lines whom to write to, such as a post or mail address"
        case .control: "use text and line feeds alone"
        }
    }
}

/// An entry of the ledger about how it is run. Body: `{"contact"}`.
enum AdministrationEntry {
    static func body(_ contact: Contact) -> JSON { ["contact": .string(contact.text)] }

    /// The contact that a body states; `nil` where it states none, or what no contact may be.
    static func contact(in body: JSON?) -> Contact? { body?["contact"]?.text.flatMap { try? Contact($0) } }
}

extension Ledger {
    /// Records where decisions can be contested from now on. The contact before stays on record.
    @discardableResult
    public func setContact(_ contact: Contact) async throws(RecordError) -> Receipt {
        guard let writer else { throw .ledgerIsReadOnly }
        let body = AdministrationEntry.body(contact).bytes()
        return try await writer.submit([Draft(type: EntryType.administration, body: body)])[0].get()
    }
}

extension LedgerView {
    /// The contact in force: that of the newest entry that states one, else that of entry 0. `nil` where there is none.
    public func contact() throws(LedgerError) -> Contact.Recorded? {
        for number in try ownEntries(EntryType.administration).reversed() + [0] {
            let entry = try provenEntry(number)
            guard entry.type == (number == 0 ? EntryType.ledger : EntryType.administration),
                let contact = AdministrationEntry.contact(in: try? entry.body())
            else { continue }
            return Contact.Recorded(contact: contact, origin: checkpoint.origin, entry: number, at: entry.at)
        }
        return nil
    }
}
