import Because
import Figures

extension Machine {
    var json: JSON {
        [
            "cpu": .string(cpu), "cores": .integer(Int64(cores)), "memory_bytes": .integer(Int64(memoryBytes)),
            "kernel": .string(kernel), "file_system": .string(fileSystem), "sqlite": .string(sqlite),
            "openssl": .string(openssl), "swift": .string(swift), "build": .string(build),
        ]
    }
}

extension Row {
    var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "title": .string(title), "unit": .string(unit), "count": .integer(Int64(count)),
        ]
        object.add(summary, values)
        if let baseline, let raw = Summary(baselines), let ratios {
            var compared: JSONObject = ["title": .string(baseline)]
            compared.add(raw, baselines)
            object["baseline"] = .object(compared)
            object["ratio"] = .object(ratios.json)
        }
        if let target, let isMet {
            var judged: JSONObject = [
                "text": .string(target.text(unit: unit, baseline: baseline)), "met": .bool(isMet),
            ]
            judged["at_least"] = target.atLeast.map(JSON.figure)
            judged["at_most"] = target.atMost.map(JSON.figure)
            judged["ratio_at_least"] = target.ratioAtLeast.map(JSON.figure)
            judged["ratio_at_most"] = target.ratioAtMost.map(JSON.figure)
            judged["entries"] = target.entries.map { .integer(Int64($0)) }
            object["target"] = .object(judged)
        }
        return .object(object)
    }
}

extension CurvePoint {
    var json: JSON {
        [
            "entries": .integer(Int64(entries)), "append_us": .figure(append), "proof_first_us": .figure(proofFirst),
            "proof_again_us": .figure(proofAgain), "proof_checked_us": .figure(proofChecked),
            "why_us": .figure(why), "recording_mb": .figure(memory),
        ]
    }
}

extension Summary {
    fileprivate var json: JSONObject {
        ["median": .figure(median), "min": .figure(least), "max": .figure(greatest)]
    }
}

extension JSONObject {
    fileprivate mutating func add(_ summary: Summary?, _ values: [Double]) {
        for member in summary?.json.members ?? [] { self[member.name] = member.value }
        self["values"] = .array(values.map(JSON.figure))
    }
}

extension JSON {
    /// A measured figure: three decimals.
    fileprivate static func figure(_ number: Double) -> JSON { .decimal(Figure.decimal(number, places: 3)) }
}
