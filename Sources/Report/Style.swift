import Cryptography

/// How the page looks. Nothing of it comes from elsewhere, and nothing else may be loaded or run.
enum Style {
    /// Colours that people tell apart who see few; each has a pattern of its own, and every number stands in words beside it.
    /// On paper patterns are shades, which differ without colour as well: browsers print every piece of a pattern as a picture,
    /// and that made files of 40 MB.
    static let sheet = """

        :root { color-scheme: light dark; --ground: #ffffff; --raised: #f5f7f9; --ink: #1c2127; --soft: #57606a;
          --rule: #d4dae0; --blue: #1f5fa8; --green: #0b7a5c; --red: #b3401a; --grey: #79828c; --good: #0b6e4f;
          --bad: #a52714; --ask: #7a5200; }
        @media (prefers-color-scheme: dark) { :root { --ground: #0f1317; --raised: #181d23; --ink: #e8ecf0;
          --soft: #a3adb8; --rule: #303841; --blue: #6aabf0; --green: #45c79f; --red: #f08a5d; --grey: #8b959f;
          --good: #59d3a5; --bad: #ff8f78; --ask: #e5bf5c; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1, h2, h3 { line-height: 1.25; font-weight: 650; overflow-wrap: anywhere; }
        h1 { font-size: 1.75rem; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 0 0 .25rem; }
        h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
        p { margin: 0 0 .75rem; max-width: 46rem; overflow-wrap: anywhere; }
        code { font: .92em ui-monospace, SF Mono, Menlo, DejaVu Sans Mono, monospace; overflow-wrap: anywhere; }
        .over { color: var(--soft); font-size: .875rem; margin: 0 0 .25rem; }
        .lede, .note, .times, .counted { color: var(--soft); } .lede { margin-bottom: 1rem; }
        .small, .note, .times, .counted { font-size: .875rem; }
        section { margin-top: 2.75rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 1.25rem 0 0; list-style: none;
          font-size: .875rem; }
        a { color: var(--blue); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem;
          margin: 1.5rem 0 0; }
        .tiles div { background: var(--raised); border-radius: .5rem; padding: .75rem .875rem; }
        .tiles dt { font-size: .8125rem; color: var(--soft); line-height: 1.3; }
        .tiles dd { margin: .25rem 0 0; font-size: 1.375rem; font-weight: 650; line-height: 1.2;
          font-variant-numeric: tabular-nums; }
        .tiles dd small { display: block; font-size: .8125rem; font-weight: 400; color: var(--soft); line-height: 1.3;
          margin-top: .125rem; }
        .bars { list-style: none; margin: 0 0 1rem; padding: 0; display: grid;
          grid-template-columns: fit-content(19rem) minmax(0, 1fr) auto; column-gap: 1rem; }
        .bars li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center;
          padding: .25rem 0; }
        .bars .name { overflow-wrap: anywhere; line-height: 1.3; min-width: 6rem; }
        .bars .value { grid-column: 3; grid-row: 1; text-align: right; font-variant-numeric: tabular-nums;
          line-height: 1.3; max-width: 13rem; }
        .bars .bar { grid-column: 2; grid-row: 1; } .bars .note.under { grid-column: 2 / 4; line-height: 1.35; }
        .bar, .columns { display: block; overflow: visible; }
        .track { fill: var(--raised); } .grid { stroke: var(--rule); } .axis { stroke: var(--soft); }
        .bar rect, .stack rect { stroke: var(--ground); stroke-width: 1; } .bar .track { stroke: none; }
        .plain, .complied { fill: var(--blue); } .safe { fill: url(#stripes); } .refused { fill: url(#squares); }
        .rest { fill: url(#dots); } .good { fill: var(--blue); } .bad { fill: url(#squares); } .ask { fill: url(#dots); }
        .p-green { fill: var(--green); } .p-red { fill: var(--red); } .p-grey { fill: var(--grey); }
        .p-ground { fill: var(--ground); fill-opacity: .55; } .p-line { stroke: var(--ground); stroke-opacity: .6;
          stroke-width: 2; }
        .interval { stroke: var(--ink); stroke-width: 2; } .ratio { fill: var(--ink); }
        .mark { stroke: var(--red); stroke-dasharray: 3 3; }
        .times { display: flex; justify-content: space-between; margin: .25rem 0 1rem; max-width: none;
          font-variant-numeric: tabular-nums; }
        .row { display: grid; grid-template-columns: 10rem minmax(0, 1fr); column-gap: 1rem; align-items: end;
          margin-bottom: .5rem; }
        .row .counted { display: block; } .row .name { line-height: 1.3; }
        .key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0 0 1rem; padding: 0;
          font-size: .875rem; }
        .key svg { vertical-align: -2px; margin-right: .375rem; }
        .wide { overflow-x: auto; margin: 0 0 1rem; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; width: 100%; }
        caption { text-align: left; color: var(--soft); padding-bottom: .25rem; }
        th, td { padding: .3125rem .5rem; text-align: right; border-bottom: 1px solid var(--rule);
          vertical-align: top; }
        thead th { font-weight: 600; color: var(--soft); vertical-align: bottom; }
        th:first-child { text-align: left; padding-left: 0; font-weight: 400; min-width: 9rem;
          overflow-wrap: anywhere; }
        thead th:first-child { font-weight: 600; }
        .words th, .words td { text-align: left; } .words td { overflow-wrap: anywhere; }
        .words td:nth-child(2) { white-space: nowrap; }
        time { white-space: nowrap; }
        details { margin: 0 0 1rem; } summary { cursor: pointer; color: var(--blue); font-size: .875rem;
          margin-bottom: .5rem; }
        .holds { color: var(--good); } .broken { color: var(--bad); } .unsure { color: var(--ask); }
        .verdict { font-weight: 650; }
        .limits { padding-left: 1.25rem; max-width: 46rem; } .limits li { margin-bottom: .375rem; }
        .patterns { position: absolute; }
        @media (max-width: 40rem) {
          main { padding: 1.5rem 1rem 3rem; } h1 { font-size: 1.375rem; }
          .bars { display: block; }
          .bars li { grid-template-columns: minmax(0, 1fr) auto; padding: .4375rem 0; row-gap: .1875rem; }
          .bars .value { grid-column: 2; align-self: end; } .bars .name { grid-column: 1; }
          .bars .bar { grid-column: 1 / 3; grid-row: 2; } .bars .note.under { grid-column: 1 / 3; }
          .row { grid-template-columns: minmax(0, 1fr); } .row .counted { display: inline; margin-left: .5rem; }
          .words thead { display: none; } .words caption, .words table, .words tbody, .words tr, .words th, .words td { display: block; }
          .words tr { border-bottom: 1px solid var(--rule); padding: .5rem 0; }
          .words th:first-child, .words td { border: 0; padding: .0625rem 0; }
          .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
        }
        @media print {
          :root { color-scheme: light; --ground: #ffffff; --raised: #f1f3f5; --ink: #000000; --soft: #444444;
            --rule: #bbbbbb; --blue: #1f5fa8; --green: #0b7a5c; --red: #b3401a; --grey: #79828c; --good: #0b5c42;
            --bad: #8f1f0f; --ask: #6b4800; }
          @page { margin: 16mm 14mm; }
          body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          main { padding: 0; max-width: none; } nav, summary { display: none; }
          section { margin-top: 1.5rem; padding-top: 1rem; } h2, h3, .lede { break-after: avoid; }
          .bars li, .row, tr, .tiles div { break-inside: avoid; } .wide { overflow: visible; }
          .tiles { grid-template-columns: repeat(3, minmax(0, 1fr)); } .tiles div { border: 1px solid var(--rule); }
          caption, thead { break-after: avoid; }
          .plain, .good, .complied { fill: #5a8cc2; } .safe { fill: #c4e3d8; } .bad, .refused { fill: #6b1f0a; }
          .ask, .rest { fill: #dfe3e8; } .bar .ask, .bar .rest { stroke: #79828c; }
          details::details-content { content-visibility: visible; display: block; height: auto; }
        }

        """

    /// What a page with this style sheet may load and run.
    static var policy: String {
        let digest = SHA256.digest(of: sheet).bytes
        let hash = Base64.encode(Array(digest), .standard)
        return "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'"
    }
}
