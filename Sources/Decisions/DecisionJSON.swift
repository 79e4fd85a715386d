import JSON

extension Decision {
    /// The decision in the submission format, as JSON that is not checked yet.
    public var bytes: [UInt8] {
        var text = MemberWriter(capacity: 1024)
        write(to: &text)
        return text.bytes
    }

    private func write(to text: inout MemberWriter) {
        text.beginObject()
        text.member("id", id)
        text.member("occurred", occurred)
        text.member("kind", kind?.rawValue)
        text.member("outcome", outcome.rawValue)
        text.member("summary", summary)
        switch grounds {
        case .principles(let principles): text.list("principles", principles) { $0.write(to: &$1) }
        case .noneCited(let why): text.member("none_cited", why)
        }
        switch reason {
        case .rationale(let rationale): text.object("rationale") { rationale.write(to: &$0) }
        case .absent(let why): text.member("rationale_absent", why)
        }
        text.listUnlessEmpty("alternatives", alternatives) { $0.write(to: &$1) }
        text.member("alternatives_complete", alternativesComplete)
        text.listUnlessEmpty("conflicts", conflicts) { $0.write(to: &$1) }
        if let confidence { text.object("confidence") { confidence.write(to: &$0) } }
        text.listUnlessEmpty("inputs", inputs) { $0.write(to: &$1) }
        if let output { text.object("output") { output.write(to: &$0) } }
        writeCircumstances(to: &text)
        text.endObject()
    }

    private func writeCircumstances(to text: inout MemberWriter) {
        if let model { text.object("model") { model.write(to: &$0) } }
        if let prompt { text.object("prompt") { prompt.write(to: &$0) } }
        text.texts("tools", tools)
        if let producer { text.object("producer") { producer.write(to: &$0) } }
        text.member("session", session)
        text.member("trace", trace)
        text.member("span", span)
        text.member("subject", subject)
        text.member("role_of_ai", roleOfAI?.rawValue)
        text.member("effective", isEffective)
        text.member("retention", retention)
        text.listUnlessEmpty("links", links) { $0.write(to: &$1) }
        if acceptsUnresolved { text.member("unresolved", "accept") }
        text.member("notes", notes)
        if let context { text.member("context", .object(context)) }
    }
}

extension Decision.Principle {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("ref", ref)
        text.member("role", role.rawValue)
        text.member("timing", timing?.rawValue)
    }
}

extension Decision.Rationale {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("text", self.text)
        text.member("source", source.rawValue)
        text.member("timing", timing.rawValue)
        text.member("method", method?.rawValue)
    }
}

extension Decision.Alternative {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("label", label)
        text.member("status", status.rawValue)
        text.texts("by", by)
        text.member("reason", reason)
    }
}

extension Decision.Conflict {
    fileprivate func write(to text: inout MemberWriter) {
        text.texts("between", between)
        text.member("rule", rule.rawValue)
        text.member("winner", winner)
        text.member("note", note)
    }
}

extension Decision.Confidence {
    fileprivate func write(to text: inout MemberWriter) {
        // Written without a point, 0 and 1 are integers. What is no number is written as a text, and refused as one.
        let number = try? JSON(parsing: Array(value.utf8))
        if let number, number.text == nil, number.string() == value {
            text.member("value", number)
        } else {
            text.member("value", .string(value))
        }
        text.member("kind", kind.rawValue)
    }
}

extension Decision.Input {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("name", name)
        text.member("role", role?.rawValue)
        text.member("text", self.text)
        text.member("digest", digest)
        text.member("media", media)
        text.member("bytes", byteCount)
        text.member("trusted", isTrusted)
        text.member("as_of", asOf)
        text.member("of_subject", isOfSubject)
    }
}

extension Decision.Output {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("text", self.text)
        text.member("digest", digest)
        text.member("media", media)
        text.member("bytes", byteCount)
    }
}

extension Decision.Model {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("provider", provider)
        text.member("requested", requested)
        text.member("served", served)
        text.member("fingerprint", fingerprint)
    }
}

extension Decision.Prompt {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("name", name)
        text.member("version", version)
        text.member("digest", digest)
    }
}

extension Decision.Producer {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("id", id)
        text.member("version", version)
        text.member("epoch", epoch)
        text.member("seq", seq)
    }
}

extension Decision.Link {
    fileprivate func write(to text: inout MemberWriter) {
        text.member("rel", rel.rawValue)
        text.member("id", id)
    }
}
