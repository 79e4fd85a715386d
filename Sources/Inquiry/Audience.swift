import JSON

/// For whom an answer is made. Each sees what those before it see, and more.
public enum Audience: String, Sendable, CaseIterable, Comparable {
    /// The person the decision is about.
    case subject
    /// Whoever runs the application that decided.
    case `operator`
    /// Whoever examines decisions, and sees all that is on record.
    case auditor

    /// The mark of what this audience does not see.
    var mark: Mark { self == .subject ? .withheldFromSubject : .withheldFromOperator }

    public static func < (left: Audience, right: Audience) -> Bool {
        func rank(_ audience: Audience) -> Int { allCases.firstIndex(of: audience) ?? 0 }
        return rank(left) < rank(right)
    }
}

/// From which audience on a field is shown.
struct Permission {
    let audience: Audience
    /// Where it does not hold, the field is shown from the operator on.
    let condition: Condition?

    enum Condition {
        /// The input is what the subject said or gave, and no instruction: `of_subject`, and the role `user` or `feature`.
        case ownInput
        /// The reference is of registered words, or names a message by its role.
        case registered
        /// A member beside it is one of these words.
        case beside(String, [String])
        /// The field of the decision that `field` names is shown itself.
        case correctsShownField
    }

    static let subject = Permission(audience: .subject, condition: nil)
    static let `operator` = Permission(audience: .operator, condition: nil)
    static let auditor = Permission(audience: .auditor, condition: nil)

    static func subject(where condition: Condition) -> Permission {
        Permission(audience: .subject, condition: condition)
    }
}

/// The part of a record that an audience sees, and the places of what it does not see.
struct AudienceView {
    let audience: Audience
    /// What the conditions of permissions look at beside the field itself.
    let facts: Facts
    private(set) var withheld: [String] = []

    struct Facts {
        /// Places of references of the record that resolved to registered words.
        let registered: Set<String>
        /// The decision as far as it is shown.
        var decision: JSONObject = [:]
    }

    init(for audience: Audience, _ facts: Facts) {
        self.audience = audience
        self.facts = facts
    }

    /// The members of `object` that are shown, by the table of its type. What the table does not name is for auditors.
    mutating func shown(_ object: JSONObject, _ table: [String: Permission]) -> JSONObject {
        self.object(object, table, key: "", at: "")
    }

    private mutating func object(
        _ object: JSONObject, _ table: [String: Permission], key: String, at path: String
    ) -> JSONObject {
        var shown = JSONObject()
        for member in object.members {
            let key = key.isEmpty ? member.name : "\(key).\(member.name)"
            let path = path.isEmpty ? member.name : "\(path).\(member.name)"
            if let permission = table[key] {
                shown[member.name] = value(member.value, permission, in: object, at: path)
            } else if let inner = inside(member.value, table, key: key, at: path) {
                if inner.object?.isEmpty != true { shown[member.name] = inner }
            } else if audience == .auditor {
                shown[member.name] = member.value
            } else {
                // The name itself may say something where no table knows it.
                withheld.append(Self.unknownMember)
            }
        }
        return shown
    }

    static let unknownMember = "a member that this version does not know"

    /// What is shown of an object, or of a list of objects; `nil` where the table says nothing of what is in it. Items keep their
    /// places.
    private mutating func inside(
        _ value: JSON, _ table: [String: Permission], key: String, at path: String
    ) -> JSON? {
        switch value {
        case .object(let inner) where table.keys.contains { $0.hasPrefix(key + ".") }:
            return .object(object(inner, table, key: key, at: path))
        case .array(let items) where table.keys.contains { $0.hasPrefix(key + "[].") }:
            var shown: [JSON] = []
            for (index, item) in items.enumerated() {
                shown.append(.object(object(item.object ?? [:], table, key: key + "[]", at: "\(path)[\(index)]")))
            }
            return .array(shown)
        default: return nil
        }
    }

    /// The value, where it is shown. Of a list each item by itself: `null` takes the place of one that is not.
    private mutating func value(_ value: JSON, _ permission: Permission, in object: JSONObject, at path: String)
        -> JSON?
    {
        if case .array(let items) = value {
            let shown = items.enumerated().map { index, item in
                isShown(item, permission, in: object, at: "\(path)[\(index)]") ? item : nil
            }
            if shown.contains(where: { $0 == nil }) { withheld.append(path) }
            return items.isEmpty || shown.contains { $0 != nil } ? .array(shown.map { $0 ?? .null }) : nil
        }
        if isShown(value, permission, in: object, at: path) { return value }
        withheld.append(path)
        return nil
    }

    private func isShown(_ value: JSON, _ permission: Permission, in object: JSONObject, at path: String) -> Bool {
        guard let condition = permission.condition, audience == .subject else { return audience >= permission.audience }
        return switch condition {
        case .ownInput: object["of_subject"] == true && ["user", "feature"].contains(object["role"]?.text)
        case .registered: facts.registered.contains(path) || value.text?.hasPrefix("message:") == true
        case .beside(let name, let words): object[name]?.text.map(words.contains) ?? false
        case .correctsShownField: object["field"]?.text.map(isShownField) ?? false
        }
    }

    /// Whether `field`, such as `inputs.0.text`, leads to a value of the decision that is shown. What was never there is not.
    private func isShownField(_ field: String) -> Bool {
        var value = JSON.object(facts.decision)
        for step in field.split(separator: ".", omittingEmptySubsequences: false) {
            guard let next = value[String(step)] ?? Int(step).flatMap({ value.items?[safe: $0] }) else { return false }
            value = next
        }
        // An object may have lost members: only a whole value is known to be shown.
        return value.object == nil && value.items == nil
    }
}

extension [JSON] {
    fileprivate subscript(safe index: Int) -> JSON? { indices.contains(index) ? self[index] : nil }
}
