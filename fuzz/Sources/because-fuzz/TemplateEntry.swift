import Because

extension FuzzEntry {
    /// A template of a letter.
    static let template = FuzzEntry(
        name: "template", maximumByteCount: 4096, dictionary: "template",
        check: { bytes in
            let template: LetterTemplate
            do throws(LetterError) { template = try LetterTemplate(bytes, name: nil) } catch {
                if case .template(_, let line) = error {
                    require(line <= 1 + bytes.count { $0 == UInt8(ascii: "\n") }, "a fault is in a line that is there")
                }
                return read(error)
            }
            require(template.text.utf8.elementsEqual(bytes), "the template is the bytes")
        },
        seeds: { _ in
            let shipped = LetterTemplate.names.compactMap { try? LetterTemplate(named: $0).text }
            return
                (shipped + [
                    "", "{{id}}", "{{#principles}}{{title}}{{/principles}}{{^principles}}none{{/principles}}",
                    "{{#summary.lines}}\n> {{.}}\n{{/summary.lines}}\n", "{{! comment }}",
                    "{{>part}}{{=<% %>=}}{{{id}}}",
                ]).map(\.bytes)
        },
        large: {
            [
                "{{id}}".repeated(), "{{#summary}}".repeated(), "{{".repeated(), "{{!\n".repeated(), "{".repeated(),
                "{{#id}}{{/id}}".repeated(), "\n".repeated(),
            ].map { Array($0.bytes.prefix(LetterTemplate.byteLimit)) }
        })
}
