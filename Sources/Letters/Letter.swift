public import Cryptography
public import Decisions
public import Inquiry
public import JSON
import Mustache

/// A letter about a decision to the person it is about: a template, filled with what is on record and this person may see.
///
/// Nothing is made up: what the template asks for and the record does not have is a blank, in the letter and in `blanks`.
public struct Letter: Sendable {
    /// The largest letter, in bytes.
    public static let byteLimit = 4 << 20

    /// What the letter is read as. Values of the record cannot act in either.
    public enum Format: String, Sendable, CaseIterable { case text, markdown }

    /// A field that the template asks for and that is not there.
    public struct Blank: Sendable, Equatable, CustomStringConvertible {
        public let name: String
        /// Why: not recorded, erased, missing or withheld.
        public let mark: Mark

        /// As it stands in the letter.
        public var description: String { "[\(mark.rawValue): \(name)]" }
    }

    /// The decision that it explains.
    public let decision: String
    public let template: LetterTemplate
    public let text: String
    public let blanks: [Blank]

    /// The exact bytes that are written, and whose digest goes on record.
    public var bytes: [UInt8] { Array(text.utf8) }
    public var digest: Digest { SHA256.digest(of: bytes) }

    /// Fills the template. Whatever the explanation shows, the letter says no more than a subject may see.
    public init(
        _ explanation: Explanation, template: LetterTemplate, format: Format = .text
    ) throws(LetterError) {
        let seen = explanation.seen(by: .subject)
        let ink = LetterInk(format)
        let record = LetterRecord(explanation: seen, answer: seen.answer(), template: template, ink: ink)
        text = template.mustache.render(record)
        guard text.utf8.count <= Self.byteLimit else { throw .letterTooLarge(limit: Self.byteLimit) }
        blanks = ink.blanks
        decision = seen.id
        self.template = template
    }

    /// That the letter was given to its reader, to be recorded once it was.
    ///
    /// The same letter has the same id, so that recording it again, after an answer was lost, records nothing twice.
    public var issued: IssuedExplanation {
        var fact = IssuedExplanation(of: decision, to: .subject, digest: "sha256:\(digest.hex)")
        fact.template = template.name
        fact.templateDigest = "sha256:\(template.digest.hex)"
        let whole = SHA256.digest(of: "\(decision)\n\(template.name ?? "")\n\(template.digest.hex)\n\(digest.hex)")
        fact.circumstances.id = "letter-\(whole.hex.prefix(40))"
        return fact
    }

    /// `{"blanks":[{"mark","name"}],"digest","id","template"?,"template_digest","text"}`.
    public var json: JSON {
        var object: JSONObject = [
            "id": .string(decision), "text": .string(text), "digest": .string("sha256:\(digest.hex)"),
            "template_digest": .string("sha256:\(template.digest.hex)"),
            "blanks": .array(blanks.map { ["name": .string($0.name), "mark": .string($0.mark.rawValue)] }),
        ]
        object["template"] = template.name.map(JSON.string)
        return .object(object)
    }
}
