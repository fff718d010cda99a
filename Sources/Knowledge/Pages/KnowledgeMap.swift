internal import Kernel
internal import Site

/// Blocks × pilots: which pilot taught something about which block. A full dot is the source's own link, an open one ours.
struct KnowledgeMap {
  let base: KnowledgeBase

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    let library = base.library
    let (blocks, pilots) = (library.listed(.block, t.language), library.listed(.pilot, t.language))
    return visit.page(t("knowledge.map.title")) { html in
      html.heading(t("knowledge.map.title"), t("knowledge.map.lead"))
      html(.div, .class("scroll"), .tabIndex(0), .role("region"), .aria(.label, t("knowledge.map.title"))) { html in
        html(.table, .class("matrix")) { html in
          html(.thead) { html in
            html(.tr) { html in
              html(.td)
              for block in blocks {
                html(.th, .scope("col")) { html in
                  html.link(block.text(t.language).title, to: "/knowledge/\(block.id)")
                }
              }
            }
          }
          html(.tbody) { html in
            for pilot in pilots + library.stopped { row(pilot, blocks, t, &html) }
          }
        }
      }
      html(.p, .class("small soft"), text: t("knowledge.map.stopped"))
    }
  }

  private func row(_ pilot: KnowledgeUnit, _ blocks: [KnowledgeUnit], _ t: Texts, _ html: inout HTML) {
    html(.tr) { html in
      html(.th, .scope("row")) { html in
        html.link(pilot.text(t.language).title, to: "/knowledge/\(pilot.id)")
      }
      let related = base.library.related(to: pilot).map(\.id)
      let lessons = base.library.lessons(of: pilot.id)
      for block in blocks {
        let isSources = pilot.links.contains(block.id)
        html(.td) { html in
          guard isSources || related.contains(block.id) else { return }
          let names = ["pilot": pilot.text(t.language).title, "block": block.text(t.language).title]
          // A link of the source's without a lesson of its own leads to the pilot itself.
          guard lessons.contains(where: { $0.homes.contains(block.id) }) else {
            html(
              .a, .href("/knowledge/\(pilot.id)"), .aria(.label, t("knowledge.map.noLesson", names)),
              text: isSources ? "●" : "○")
            return
          }
          html(
            .a, .href("/knowledge/lessons?block=\(block.id)&pilot=\(pilot.id)"),
            .aria(.label, t(isSources ? "knowledge.map.source" : "knowledge.map.ours", names)),
            text: isSources ? "●" : "○")
        }
      }
    }
  }
}
