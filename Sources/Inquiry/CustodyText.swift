import Cryptography
import Decisions
public import JSON
public import Ledgers

extension RecordedErasure {
    /// Why it was erased, as the end of a sentence.
    public var grounds: String {
        let early = erasure.despitesMinimum ? ", before the end of the time to keep it" : ""
        if let run = erasure.retention { return ": its time was over (\(run))" }
        return early + (basis.map { ": \u{201C}\($0)\u{201D}" } ?? "")
    }
}

extension RecordedErasure {
    /// `{"at","basis"?,"digest","erased_by","field"?,"retention"?}` for each field.
    public var json: [JSON] {
        erasure.digests.map { digest in
            var object: JSONObject = [
                "digest": .string(digest.base64URL), "erased_by": .integer(Int64(erasure.entry)),
                "at": .string(at.description),
            ]
            object["field"] = field(digest).map(JSON.string)
            object["basis"] = basis.map(JSON.string)
            object["retention"] = erasure.retention.map(JSON.string)
            return .object(object)
        }
    }
}

extension Custody {
    var statements: [Answer.Statement] {
        var statements: [Answer.Statement] = []
        if let hold {
            statements.append(.init("nothing of it may be erased: it is held \(hold.sentence)", .addedLater))
        }
        if let retentionClass {
            let least = retentionClass.end(ofMinimum: at).map { "kept at least until \($0)" }
            let most = retentionClass.end(ofMaximum: at).map { "due to be erased from \($0) on" }
            let times = [least, most].compactMap(\.self).joined(separator: ", ")
            statements.append(.init("class of retention \(retentionClass.name): \(times)", .computed))
        } else if let className {
            statements.append(.init("class of retention \(className), for which nothing is set", .computed))
        }
        return statements
    }

    var json: JSON {
        var object = JSONObject()
        object["hold"] = hold?.json
        object["class"] = (retentionClass?.name ?? className).map(JSON.string)
        object["minimum_until"] = retentionClass?.end(ofMinimum: at).map { .string($0.description) }
        object["maximum_until"] = retentionClass?.end(ofMaximum: at).map { .string($0.description) }
        return .object(object)
    }
}

extension Hold {
    /// `{"at","basis"?,"entry"?,"id","n","released_at"?,"released_by"?,"subject"?}`.
    public var json: JSON {
        var object: JSONObject = [
            "at": .string(at.description), "id": .string(id), "n": .integer(Int64(number)),
        ]
        switch target {
        case .record(let number): object["entry"] = .integer(Int64(number))
        case .subject(let name): object["subject"] = name.map(JSON.string) ?? .null
        }
        object["basis"] = basis.map(JSON.string)
        object["released_at"] = release.map { .string($0.at.description) }
        object["released_by"] = release.map { .integer(Int64($0.number)) }
        return .object(object)
    }
}
