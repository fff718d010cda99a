import Kernel
import Testing

@testable import Site

@Suite struct HTMLTests {
  @Test func escapesTextAndAttributes() {
    var html = HTML()
    html(.p, .title("a\"b'<c>&"), text: "<script>&\u{0}")
    #expect(
      String(decoding: html.bytes, as: UTF8.self)
        == "<p title=\"a&quot;b&#39;&lt;c&gt;&amp;\">&lt;script&gt;&amp;\u{FFFD}</p>")
  }

  @Test(arguments: ["javascript:alert(1)", "https://elders.example", "//elders.example", "data:text/html,x", " /x"])
  func addressesStayInside(_ address: String) {
    var html = HTML()
    html(.a, .href(address), text: "x")
    #expect(String(decoding: html.bytes, as: UTF8.self) == "<a href=\"#\">x</a>")
  }

  @Test func emptyElementsHaveNoEnd() {
    var html = HTML()
    html(.br)
    html(.circle, .svg("r", "1"))
    #expect(String(decoding: html.bytes, as: UTF8.self) == "<br><circle r=\"1\"></circle>")
  }
}

@Suite struct RouteTableTests {
  private func table() -> RouteTable {
    RouteTable(
      ["/", "/residents/new", "/residents/{resident}", "/residents/{resident}/plan", "/a/{b}/c/{d}"].map { path in
        Route(.get, path, name: path, policy: .anyone) { _ in .go(to: "/") }
      })
  }

  @Test func literalsWinOverPlaces() {
    #expect(table().find(.get, "/residents/new")?.route.path == "/residents/new")
    #expect(table().find(.get, "/residents/x")?.places == ["resident": "x"])
    #expect(table().find(.get, "/residents/new/plan")?.places == ["resident": "new"])
    #expect(table().find(.get, "/a/1/c/2")?.places == ["b": "1", "d": "2"])
    #expect(table().find(.get, "/")?.route.path == "/")
  }

  @Test(arguments: ["/residents", "/residents/", "/residents/x/", "/nothing", "//", "/a/1/c"])
  func whatIsNotThereIsNotFound(_ path: String) { #expect(table().find(.get, path) == nil) }

  @Test func otherMethodIsNotFound() { #expect(table().find(.post, "/residents/new") == nil) }
}

@Suite struct FieldsTests {
  @Test func readsForms() {
    let fields = Fields(encoded: "a=1+2&b=%E2%82%AC+4&c=&d&a=3&e=%0D%0Aregel%0D%0Atwee%20")
    #expect(fields["a"] == "1 2")
    #expect(fields.all("a") == ["1 2", "3"])
    #expect(fields["b"] == "€ 4")
    #expect(fields["c"] == nil && fields["d"] == nil)
    #expect(fields["e"] == "regel\ntwee")
  }

  @Test(arguments: ["%", "%2", "%zz", "a=%", "=&=&&", "a=%ff%fe"])
  func survivesNonsense(_ text: String) { _ = Fields(encoded: text)["a"] }
}

@Suite struct CatalogueTests {
  private func texts() throws -> Texts {
    var catalogue = Catalogue()
    try catalogue.add(
      .dutch, json: Array(#"{"a": {"b": "Dag {name}"}, "c.one": "{n} dag", "c.other": "{n} dagen"}"#.utf8))
    return catalogue.inLanguage(.dutch)
  }

  @Test func fillsGapsAndNumbers() throws {
    let t = try texts()
    #expect(t("a.b", ["name": "Noor"]) == "Dag Noor")
    #expect(t("c", count: 1) == "1 dag")
    #expect(t("c", count: 0) == "0 dagen")
    #expect(t("x.y") == "⟦x.y⟧")
  }
}
