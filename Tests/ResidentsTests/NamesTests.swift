internal import Kernel
internal import Testing

@testable import Residents

/// Names are folded so that they can be compared; what can't be folded is kept.
@Suite struct NamesTests {
  @Test(arguments: [
    ("Łukasz Wałęsa", "lukasz walesa"), ("Søren Bøgh", "soren bogh"), ("Işıl Yıldız", "isil yildiz"),
    ("İbrahim Şahin", "ibrahim sahin"), ("Æsa Þórsdóttir", "aesa thorsdottir"), ("Groß", "gross"), ("GROẞ", "gross"),
    ("Đặng", "dang"), ("Œuvre", "oeuvre"), ("Ħal", "hal"), ("Ĳsbrand", "ijsbrand"), ("ﬁne", "fine"),
    ("Locatie 12", "locatie 12"), ("Locatie 1-2", "locatie 1 2"), ("  Huis ,  haard ", "huis haard"),
    ("O’Brien", "o brien"), ("مُحَمَّد", "محمد"), ("王秀英", "王秀英"), ("हिन्दी", "हिन्दी"), ("C+", "c+"),
  ])
  func foldedAndNothingLost(_ name: String, _ plain: String) {
    #expect(folded(name) == plain)
  }

  @Test func namesThatDifferByADigitAreTwo() {
    #expect(folded("Locatie 12") != folded("Locatie 13"))
    #expect(folded("Locatie 12") != folded("Locatie 1 2"))
  }

  @Test func whatIsFoldedStaysAsItIs() {
    for name in ["Łukasz", "’s-Gravenhage", "Anne Jansen-de Wit", "王秀英", "İ", "ß", "हिन्दी", "e\u{301}"] {
      #expect(folded(folded(name)) == folded(name))
      #expect(folded(name.uppercased()) == folded(name) || name == "İ")
    }
  }

  private static let alike: [(String, String, String, String)] = [
    ("Łukasz", "Wałęsa", "Lukasz", "Walesa"), ("Søren", "Bø", "Soren", "Bo"), ("Søren", "Bø", "Soeren", "Boe"),
    ("Işıl", "Yıldız", "Isil", "Yildiz"), ("Jan", "van der Berg", "Jan", "Berg van der"),
    ("Jan", "van der Berg", "Jan", "Berg"), ("Jan", "v.d. Berg", "Jan", "van den Berg"),
    ("Jan", "Berg", "Berg", "Jan"), ("Abdul Rahman", "Ali", "Abdulrahman", "Ali"), ("Jo-Ann", "Vos", "Joann", "Vos"),
    ("Mohammed", "Yilmaz", "Muhammad", "Yilmaz"), ("Anne", "Jansen-de Wit", "Anne", "Jansen"),
    ("Anne", "Jansen-de Wit", "Anne", "de Wit"), ("J.", "Hendriks", "Jan", "Hendriks"),
    ("Jan Pieter", "Smit", "Jan", "Smit"), ("Müller", "", "Mueller", ""), ("Suharto", "", "Soeharto", ""),
    ("Sinéad", "O’Brien", "Sinead", "OBrien"), ("Fatima", "", "Fatima", "El Idrissi"),
    ("Kees", "Visser", "Kess", "Visser"),
    ("Thijs", "Dijkstra", "Tijs", "Dykstra"),
  ]

  private static let unlike: [(String, String, String, String)] = [
    ("Jan", "Jansen", "Piet", "Jansen"), ("S.", "Jansen", "Piet", "Jansen"), ("Jan", "Berg", "Jan", "Vos"),
    ("Noor", "Hendriks", "Bram", "Visser"), ("Kees", "Vos", "Karin", "Vis"), ("Jan", "", "Piet", ""),
    ("J.", "B.", "Jan", "Berg"), ("王秀英", "", "李娜", ""), ("Jan", "", "Jana", "Berg"),
  ]

  @Test(arguments: alike) func oneNameInTwoSpellings(_ a: String, _ b: String, _ c: String, _ d: String) {
    let (one, other) = (NearNames(first: a, last: b), NearNames(first: c, last: d))
    #expect(one.isNear(other) && other.isNear(one), "\(a) \(b) / \(c) \(d)")
  }

  @Test(arguments: unlike) func twoNames(_ a: String, _ b: String, _ c: String, _ d: String) {
    let (one, other) = (NearNames(first: a, last: b), NearNames(first: c, last: d))
    #expect(!one.isNear(other) && !other.isNear(one), "\(a) \(b) / \(c) \(d)")
  }

  /// Made-up names: every name is near itself, whichever way it is turned, and nearness has no direction.
  @Test func nearnessIsOfBoth() {
    let words = [
      "Jan", "Anne", "Al-Hassan", "Łukasz", "van der Berg", "de Wit", "O’Brien", "Bø", "J.", "Mohammed", "Vos",
    ]
    for first in words {
      for last in words {
        let one = NearNames(first: first, last: last)
        #expect(one.isNear(one) && one.isSame(as: one))
        #expect(one.isNear(NearNames(first: last, last: first)), "\(first) \(last)")
        for other in words {
          let another = NearNames(first: first, last: other)
          #expect(one.isNear(another) == another.isNear(one), "\(first) \(last) / \(first) \(other)")
        }
      }
    }
  }

  @Test(arguments: [
    ("bakker", "baker", true), ("bakker", "bakkers", true), ("bakker", "bakkre", true), ("bakker", "bakken", true),
    ("bakker", "bekken", false), ("bakker", "bakker", true), ("ab", "ba", true), ("", "a", true), ("", "ab", false),
  ])
  func oneLetterApart(_ one: String, _ other: String, _ isNear: Bool) {
    #expect(Names.differByOneLetter(one, other) == isNear)
    #expect(Names.differByOneLetter(other, one) == isNear)
  }
}

/// Whom a few typed letters find.
@Suite struct NameIndexTests {
  private static let people = [
    ("Fatima", "Al-Hassan"), ("Anne", "Jansen-de Wit"), ("Łukasz", "Wałęsa"), ("Søren", "Bøgh"), ("Işıl", "Yıldız"),
    ("Sinéad", "O’Brien"), ("Æsa", "Þórsdóttir"), ("İbrahim", "Şahin"), ("Jan", "van der Berg"), ("Hans", "Groß"),
    ("秀英", "王"), ("Suharto", ""), ("Piet", "de Boer"),
  ]

  private func id(_ number: Int) -> ResidentID { ResidentID(high: 1, low: UInt64(number)) }

  private func index(_ people: [(String, String)] = people) -> NameIndex {
    var index = NameIndex()
    for (number, (first, last)) in people.enumerated() {
      index.put(NameIndex.Entry(resident: id(number), firstName: first, lastName: last))
    }
    return index
  }

  private func found(_ typed: String) -> [String] {
    var index = index()
    let ids = index.find(typed)
    return Self.people.enumerated().filter { ids.contains(id($0.offset)) }.map(\.element.0)
  }

  @Test(arguments: [
    ("Al-Hassan", "Fatima"), ("al hassan", "Fatima"), ("alhassan", "Fatima"), ("Hassan Fatima", "Fatima"),
    ("Jansen-de Wit", "Anne"), ("jansen wit", "Anne"), ("Jansende", "Anne"), ("Lukasz", "Łukasz"), ("Walesa", "Łukasz"),
    ("Wałęsa", "Łukasz"), ("Soren", "Søren"), ("Søren", "Søren"), ("Isil", "Işıl"), ("Yildiz", "Işıl"),
    ("IŞIL", "Işıl"), ("Brien", "Sinéad"), ("O'Brien", "Sinéad"), ("OBrien", "Sinéad"), ("Gross", "Hans"),
    ("Æsa", "Æsa"), ("aesa", "Æsa"), ("Berg, van der", "Jan"), ("vanderberg", "Jan"), ("van der berg jan", "Jan"),
    ("王", "秀英"), ("Suh", "Suharto"), ("ibrahim", "İbrahim"),
  ])
  func foundAsTyped(_ typed: String, _ name: String) { #expect(found(typed) == [name]) }

  @Test(arguments: ["", "  ", "-", "'", "Jansen Hassan", "xyz", "Berg Fatima"]) func nobody(_ typed: String) {
    #expect(found(typed).isEmpty)
  }

  /// Whatever stands of a name in whatever order finds it.
  @Test func anyPartOfANameFindsIt() {
    for (first, last) in Self.people {
      let words = (first + " " + last).split(separator: " ").map(String.init)
      for word in words {
        for length in 1...word.count { #expect(found(String(word.prefix(length))).contains(first), "\(word)") }
      }
      #expect(found(words.reversed().joined(separator: " ")).contains(first))
    }
  }

  @Test func allWordsCountBeforeAnythingIsCut() {
    var people = (0..<5000).map { ("Mohammed", "Ali\($0 % 7)") }
    people += (0..<9).map { _ in ("Mohammed", "Salah") }
    var index = index(people)
    #expect(index.find("Mohammed").count == 5009)
    #expect(index.find("Mohammed Salah").count == 9)
    #expect(index.find("salah moh").count == 9)
  }

  @Test func whatChangedIsFoundByTheNewNameOnly() {
    var index = index()
    index.put(NameIndex.Entry(resident: id(0), firstName: "Fatima", lastName: "Bakker"))
    #expect(index.find("Hassan").isEmpty)
    #expect(index.find("fatima bak") == [id(0)])
    index.remove(id(0))
    #expect(index.find("fatima").isEmpty)
    #expect(index.count == Self.people.count - 1)
  }

  @Test(arguments: [
    ("Lukas Walesa", 2), ("Soeren", 3), ("van den berg", 8), ("Fatmia", 0), ("Jansn", 1), ("Saharto", 11),
    ("Brein", 5),
  ])
  func aLetterWrongIsNearlyFound(_ typed: String, _ number: Int) {
    var index = index()
    #expect(index.findNearly(typed).contains(id(number)))
  }

  @Test func aNumberFindsWhoHasIt() throws {
    var index = index()
    let keys = try [#require(PhoneOrClient.phoneKey("+31 6 12 34 56 78")), #require(PhoneOrClient.clientKey("00123"))]
    index.put(NameIndex.Entry(resident: id(50), firstName: "Noor", lastName: "Hendriks", numbers: keys))
    for typed in ["0612345678", "06-12345678", "+31612345678", "0031 6 12345678", "(06) 1234 5678", "123", "00123"] {
      #expect(PhoneOrClient.isNumber(typed), "\(typed)")
      #expect(index.find(number: typed) == [id(50)], "\(typed)")
    }
    for typed in ["0612345679", "12", "12345678", "1234"] { #expect(index.find(number: typed).isEmpty, "\(typed)") }
    #expect(!PhoneOrClient.isNumber("Jan 2") && !PhoneOrClient.isNumber("Al-Hassan") && PhoneOrClient.isNumber("C12"))
  }
}
