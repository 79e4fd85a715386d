import Cryptography
import Specifications
import Storage

/// The words of a registered specification, held against what its entry says of them.
enum RegisteredText {
    /// What does not hold: the document and every section's text are there, and the document still reads as registered.
    static func problems(of registration: Registration, _ snapshot: any StoreSnapshot) throws -> [String] {
        let name = "\(registration.id)@\(registration.version)"
        guard let document = try snapshot.text(registration.digest), SHA256.digest(of: document) == registration.digest
        else {
            return ["the text of \(name) is missing or was changed"]
        }
        var problems: [String] = []
        for section in registration.sections {
            guard let text = try snapshot.text(section.digest), SHA256.digest(of: text) == section.digest else {
                problems.append("the words of \(name)#\(section.id) are missing or were changed")
                continue
            }
        }
        do {
            let parsed = try Specification(
                parsing: document, format: registration.format, id: registration.id, version: registration.version)
            if Registration(parsed, entry: registration.entry).sections != registration.sections {
                problems.append("the document \(name) does not have the sections that its entry lists")
            }
        } catch { problems.append("the document \(name) cannot be read: \(error)") }
        return problems
    }
}
