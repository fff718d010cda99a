internal import Kernel
internal import Site
internal import Store
internal import Trust

/// The words that are pointed out while one writes, and the region's choices about them.
struct WordsPage {
  private let words: RespectfulWords
  private let mayChoose: Bool
  private let faults: [Problem.Fault]

  init(_ looker: Looker, faults: [Problem.Fault]) throws {
    words = RespectfulWords(try PreferredWord.all(looker.reader))
    mayChoose = KnowledgeSlice.wordChoosers.contains(looker.viewer.role)
    self.faults = faults
  }

  func reply(_ visit: Visit) -> Reply {
    let t = visit.texts
    return visit.page(t("words.title"), width: .letter) { html in
      html(.p, .class("small soft")) { html in html.link(t("knowledge.title"), to: "/knowledge") }
      html.heading(t("words.title"), t("words.lead")) { html in
        html.link(t("words.why"), to: "/knowledge/respectvolle-woorden", class: "button")
      }
      for language in Language.allCases {
        html.card(t("words.in.\(language.rawValue)")) { html in
          html(.table, .class("cards-when-narrow")) { html in
            html(.thead) { html in
              html(.tr) { html in
                for key in ["word", "instead"] { html(.th, .scope("col"), text: t("words.\(key)")) }
                html(.td)
              }
            }
            html(.tbody) { html in
              for word in words.words where word.language == language { row(word, visit, &html) }
            }
          }
        }
      }
      if mayChoose { html(.div, .id("choose")) { html in html.card(t("words.choose")) { html in form(visit, &html) } } }
    }
  }

  private func row(_ word: RespectfulWords.Word, _ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    html(.tr) { html in
      html(.th, .scope("row")) { html in
        html.text(word.word)
        if !word.forms.isEmpty {
          html(.p, .class("small soft"), text: t("words.also", ["forms": word.forms.joined(separator: ", ")]))
        }
      }
      html(.td, .data("data-label", t("words.instead"))) { html in
        if word.isOff { html.tag(t("words.off"), "mind") } else { html.text(word.instead) }
        if let why = word.why {
          html(.p, .class("small soft"), text: t("words.because.\(why)"))
        }
      }
      html(.td) { html in
        if mayChoose {
          let chosen = Fields(["word": [word.word], "language": [word.language.rawValue]]).encoded
          html.link(t("words.change"), to: "/knowledge/words?\(chosen)#choose", class: "button quiet")
          visit.button(
            &html, to: "/knowledge/words/\(word.isOff ? "on" : "off")",
            t(word.isOff ? "words.turnOn" : "words.turnOff"),
            class: "button quiet", hidden: ["word": word.word, "language": word.language.rawValue])
        }
      }
    }
  }

  private func form(_ visit: Visit, _ html: inout HTML) {
    let t = visit.texts
    let chosen = words.words.first { $0.word == visit.query["word"] && $0.language == visit.query.choice("language") }
    visit.form(
      &html, to: "/knowledge/words", submit: t("form.save"), faults: faults,
      fields: [
        Field(
          "language", t("words.language"),
          .choice(Language.allCases.map { Field.Option($0.rawValue, t("words.in.\($0.rawValue)")) }),
          value: (chosen?.language ?? t.language).rawValue, isRequired: true),
        Field("word", t("words.word"), hint: t("words.wordHint"), value: chosen?.word, isRequired: true),
        Field("forms", t("words.forms"), hint: t("words.formsHint"), value: chosen?.forms.joined(separator: ", ")),
        Field("instead", t("words.instead"), hint: t("words.insteadHint"), value: chosen?.instead, isRequired: true),
      ])
  }
}

extension KnowledgeSlice {
  /// Where the page's script asks for the words.
  public static let wordList = "/knowledge/words/list"
  static let wordChoosers = Learning.editors + [.systemAdministrator]

  var wordRoutes: [Route] {
    let choosers = RoutePolicy.roles(Self.wordChoosers)
    return trail.form(
      "/knowledge/words", name: "words", policy: Self.readers, changing: choosers,
      show: { visit, looker, faults in try WordsPage(looker, faults: faults).reply(visit) },
      perform: { visit, transaction, _ in
        _ = try PreferredWord.choose(visit.form, transaction)
        return .go(to: "/knowledge/words?done=words.chosen")
      })
      + ["on", "off"].map { turn in
        trail.verb("/knowledge/words/\(turn)", name: "words.\(turn)", policy: choosers) { visit, transaction, _ in
          _ = try PreferredWord.turn(visit.form, off: turn == "off", transaction)
          return .go(to: "/knowledge/words?done=words.chosen")
        }
      } + [listRoute, wordsAPI]
  }

  private static let offer = Shape<(form: String, instead: String)>(
    "WordOffer", [.text("form") { $0.form }, .text("instead") { $0.instead }])

  private static let word = Shape<RespectfulWords.Word>(
    "RespectfulWord",
    [
      .choice("language") { $0.language }, .text("word") { $0.word }, .texts("forms") { $0.all },
      .text("instead") { $0.instead },
      .list("offers", offer) { word in word.all.compactMap { form in word.fitting[form].map { (form, $0) } } },
      .texts("notAfter") { $0.notAfter }, .texts("notBefore") { $0.notBefore },
    ])

  private static let helped = Shape<(word: RespectfulWords.Word, why: String)>(
    "HelpedWord", [.part(maybe: "word", word) { $0.word }, .text("why") { $0.why }])

  /// For the page's script: each word with why it is pointed out, and beside which words another fits.
  private static func help(_ words: [RespectfulWords.Word], _ t: Texts) -> JSON {
    func beside(_ language: Language) -> JSON {
      .of([
        "before": .array(Beside.before(language).map { .string($0) }),
        "after": .array(Beside.after(language).map { .string($0) }),
      ])
    }
    return .of([
      "words": .array(
        words.map { helped.json(($0, t("words.because.\($0.why ?? "ours")", ["instead": $0.instead]))) }),
      "beside": .of(["nl": beside(.dutch), "en": beside(.english)]), "mark": .string(t("words.mark")),
      "take": .string(t("words.take")), "keep": .string(t("words.keep")),
    ])
  }

  /// With the labels of the help, in the reader's language.
  private var listRoute: Route {
    trail.page(Self.wordList, name: "words.list", policy: Self.readers) { visit, looker in
      .json(Self.help(RespectfulWords(try PreferredWord.all(looker.reader)).inUse, visit.texts))
    }
  }

  private var wordsAPI: Route {
    trail.apiList(
      "/knowledge/words", name: "words", policy: Self.readers,
      Operation(
        "Words that could be kinder, each with another.", tag: "knowledge",
        answer: .items("RespectfulWordList", Self.word.schema))
    ) { _, looker in
      let words = RespectfulWords(try PreferredWord.all(looker.reader)).inUse
      return .json(.of(["items": .array(words.map(Self.word.json))]))
    }
  }
}
