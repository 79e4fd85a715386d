import Decisions
import JSON

/// What a later entry says of a decision, as a sentence and the words that it quotes.
struct LaterFactText {
    let sentence: String
    /// Texts as they were recorded, with what they are.
    let quotes: [(label: String, text: String)]

    init(type: String, _ content: JSONObject) {
        func word(_ name: String) -> String? { content[name]?.text.map { $0.replacing("_", with: " ") } }
        func code(_ name: String, _ before: String, in object: JSON? = nil) -> String {
            (object ?? .object(content))[name]?.text.map { before + $0 } ?? ""
        }
        let phase = word("phase") ?? ""
        var names = ["summary", "reason"]
        switch type {
        case "attempt": sentence = "it was about to be decided"
        case "action":
            let tool = code("tool", " by ")
            let effect = word("effect").map { ", effect: \($0)" } ?? ""
            let back = ["two_way": ", can be taken back", "one_way": ", cannot be taken back"]
            let reversible = content["reversibility"]?.text.flatMap { back[$0] } ?? ""
            let observed = word("status").map { ": \($0)" } ?? ""
            let agrees =
                content["agrees"]?.bool.map { $0 ? ", as it was dispatched" : ", not as it was dispatched" } ?? ""
            sentence = "an action\(tool) was \(phase)\(observed)\(agrees)\(effect)\(reversible)"
            names = ["summary", "recipient", "cost", "evidence", "reason"]
        case "oversight" where phase == "requested":
            let until = code("deadline", ", until ")
            let otherwise = word("default").map { ", otherwise: \($0)" } ?? ""
            sentence = "a person\(code("role", " in the role ")) was asked\(until)\(otherwise)"
            names = ["person", "reason"]
        case "oversight":
            let acts = [
                "approve": "approved it", "deny": "denied it", "modify": "changed it", "override": "overrode it",
                "stop": "stopped it", "confirm": "confirmed it",
            ]
            let open = content["seconds_open"]?.integer.map { ", after \($0) seconds" } ?? ""
            let act = content["act"]?.text ?? ""
            sentence = "a person\(code("role", " in the role ")) \(acts[act] ?? act)\(open)"
            names = ["person", "reason"]
        case "outcome":
            let results = ["good": "well", "bad": "badly", "mixed": "partly well", "neutral": "neither well nor badly"]
            let result = content["result"]?.text.flatMap { results[$0] } ?? "in a way that is not known"
            let measure = code("measure", "; measured: ") + code("value", " ")
            sentence = "it turned out \(result), says \(Self.who(content["source"]?.text))\(measure)"
        case "appeal" where phase == "opened":
            sentence =
                "it was contested by \(Self.party(content["by"]?.text))\(code("deadline", ", to be decided until "))"
            names = ["grounds", "person"]
        case "appeal":
            let results = [
                "upheld": "the decision stands", "changed": "the decision was changed",
                "reversed": "the decision was reversed", "withdrawn": "the appeal was withdrawn",
                "inadmissible": "the appeal was not admitted",
            ]
            let result = content["result"]?.text.flatMap { results[$0] } ?? "unknown"
            sentence = "an appeal was decided by \(Self.who(content["decided_by"]?.text)): \(result)"
            names = ["reason", "person"]
        case "correction":
            let by = content["by"]?.text.map { ", says \(Self.who($0))" } ?? ""
            sentence = "its record is wrong in \(content["field"]?.text ?? "a field")\(by); the record stays as it is"
            names = ["was", "is", "reason"]
        case "explanation":
            let time = content["within_deadline"]?.bool.map { $0 ? ", in time" : ", after the deadline" } ?? ""
            let from = code("template", ", from the template ") + code("channel", ", by ")
            sentence = "reasons were given to \(Self.audience(content["audience"]?.text))\(from)\(time)"
            names = ["text"]
        case "incident":
            let to = code("authority", " to ") + code("severity", ", severity: ")
            sentence = "an incident was \(phase)\(to)"
        case "producer":
            let run = code("id", "", in: content["producer"]) + code("epoch", ", run ", in: content["producer"])
            let count = content["count"]?.integer.map { ", \($0) decisions" } ?? ""
            let lost = content["first"]?.integer.flatMap { first in
                content["last"]?.integer.map { first == $0 ? ": number \(first)" : ": numbers \(first) to \($0)" }
            }
            let events = [
                "open": "began", "heartbeat": "is running\(count)", "close": "ended\(count)",
                "gap": "gave up decisions\(lost ?? "")", "loss": "lost decisions",
            ]
            sentence = "the application \(run) \(content["event"]?.text.flatMap { events[$0] } ?? "said something")"
        default: sentence = "a record of type \(type)"
        }
        quotes = names.compactMap { name in content[name]?.text.map { (name, $0) } }
    }

    /// Everything on one line.
    var line: String {
        ([sentence] + quotes.map { $0.label == "text" ? "\u{201C}\($0.text)\u{201D}" : "\($0.label): \($0.text)" })
            .joined(separator: "; ")
    }

    private static func who(_ source: String?) -> String {
        let names = [
            "model": "a model", "rule": "a rule", "human": "a person", "application": "the application",
            "affected": "the person it is about",
        ]
        return source.flatMap { names[$0] } ?? "somebody"
    }

    private static func party(_ party: String?) -> String {
        let names = [
            "subject": "the person it is about", "representative": "a representative of the person it is about",
            "operator": "the operator", "authority": "an authority",
        ]
        return party.flatMap { names[$0] } ?? "somebody"
    }

    private static func audience(_ audience: String?) -> String {
        let names = [
            "subject": "the person it is about", "operator": "the operator", "auditor": "an auditor",
            "authority": "an authority", "public": "the public",
        ]
        return audience.flatMap { names[$0] } ?? "somebody"
    }
}
