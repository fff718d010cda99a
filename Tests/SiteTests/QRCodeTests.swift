import Kernel
import Testing

@testable import Site

/// The picture an authenticator app reads, against those of two other makers who follow ISO/IEC 18004:2015: python-qrcode 8
/// square by square, segno 1.6.6 for every version and mask.
@Suite struct QRCodeTests {
  @Test func aWholeCodeSquareBySquare() throws {
    let code = try #require(QRCode("Welkom thuis", mask: 3))
    #expect(
      code.rows == [
        "111111101101001111111", "100000101011001000001", "101110100111101011101", "101110101111101011101",
        "101110100110001011101", "100000100100001000001", "111111101010101111111", "000000001000000000000",
        "101101110100001001011", "101011001010110011101", "011111100110101100011", "100001010100100011001",
        "001001111101001100010", "000000001111000010111", "111111101110010010000", "100000101001010001100",
        "101110100001010111110", "101110101111100000110", "101110101101110001000", "100000100100011110001",
        "111111101100111100100",
      ])
  }

  /// For each version as many bytes as fit, with each of the eight masks: the beginning of what segno's rows hash to.
  static let filled: [(count: Int, hashes: [String])] = [
    (
      14,
      [
        "_fRAHQ79dKdi", "yBigK-KhnY3B", "eGRtREj10vd2", "cFoxp-D5uqCc",
        "OZG529KFF8nY", "gm08yqG8J2ly", "SpurzTuggetm", "Raw9Rsh3JLdO",
      ]
    ),
    (
      26,
      [
        "-A8v7jk78-OS", "yaLWm23zAqxP", "oWVO07MIAiWU", "OYxcneIFwdQX",
        "BQ6fmA1cnEac", "H4upfopGo0uK", "WmTkby8Yqsrd", "_qLcchDQ6JBz",
      ]
    ),
    (
      42,
      [
        "gNgMR_rUMjEM", "vjIcwK6okm3M", "c9JhVNV0fEYW", "4yVpsMlIfQZj",
        "4vFb-b9iQZYB", "EQcGj8R5VwUV", "GZQzzfqmH7i-", "HAtHNSpLlEbE",
      ]
    ),
    (
      62,
      [
        "Uj2wEMYQhZbz", "dF5xDT-omyaF", "6ja9W62_hlHD", "ELShHHUurDk5",
        "ooiZW8AnWRc3", "Bf4sGRpdBttC", "D6aUI9nIuBuE", "uexAU-BVBtx2",
      ]
    ),
    (
      84,
      [
        "Gt2IAkM1xB5x", "KS02WCoIHCo3", "IiuZUOos_Rpz", "qUnBviDLSy5A",
        "qaDlvULL3jvb", "JuFcAdt7gR9y", "Q0lS-kVyuz1N", "nt8LZ5xOgR6N",
      ]
    ),
    (
      106,
      [
        "0fgbHhaVB6U8", "h4d39mGKguVu", "E28AT1pi7ERj", "iuOyYofRIizS",
        "NFdHv4AvOvK1", "jyw4hyjRtuXT", "Jq30E3rebuly", "T5K3jvHw6wNN",
      ]
    ),
    (
      122,
      [
        "u5ShUmWQOZVS", "oIogK5T-526Z", "bu04cgSI99P8", "bmNc0yZA3NAf",
        "sJLc1L-XorQV", "tU55N7y9m17k", "4vfWlDdnWoTn", "wfxPYgk0LIF9",
      ]
    ),
    (
      152,
      [
        "4NtWAXnRZd6B", "Id2WcRKdyuJf", "Uxwv8e43UlUW", "coIiHDLOi-Vk",
        "aGZyLhVKa3Gn", "qE8VWy3kbrcT", "g3bgn9MZTnBh", "FapkLKxAZcRn",
      ]
    ),
    (
      180,
      [
        "VoVrytK2ByuH", "uVu8dakaCKAK", "CdQfcoUP48QK", "WhJ7enVyjXXR",
        "cDri5s82Peat", "bTeaTVcZn34k", "pIjdmrSw3R-5", "rcvNTGuGquDf",
      ]
    ),
    (
      213,
      [
        "JYEN2uX8SNU1", "mmHY8YGSiFRH", "JiByNhPyKf3n", "h-CB7PBc9mLP",
        "loctwxvR5-CJ", "dPQLFoqqZmlt", "wS6U8UR-ePV8", "OLt85en8wqWd",
      ]
    ),
  ]

  @Test(arguments: 0..<10) func everyVersionAndMask(_ place: Int) throws {
    let (count, hashes) = Self.filled[place]
    for mask in 0..<8 {
      let code = try #require(QRCode(String(repeating: "g", count: count), mask: mask))
      #expect(code.size == 21 + place * 4)
      #expect(Token.hash(code.rows.joined(separator: "\n")).hasPrefix(hashes[mask]), "mask \(mask)")
    }
    // The mask it chooses by itself is one of these, and one byte more takes the next version.
    let own = try #require(QRCode(String(repeating: "g", count: count)))
    #expect(hashes.contains { Token.hash(own.rows.joined(separator: "\n")).hasPrefix($0) })
    #expect(QRCode(String(repeating: "g", count: count + 1))?.size == (place == 9 ? nil : 25 + place * 4))
  }

  @Test func itIsDrawnDarkOnWhite() throws {
    var html = HTML()
    html.qrCode(try #require(QRCode("Welkom thuis")), "Sleutel")
    let text = String(decoding: html.bytes, as: UTF8.self)
    #expect(text.contains(#"viewBox="0 0 29 29""#) && text.contains(#"aria-label="Sleutel""#))
    #expect(text.contains("M4 4h7v1H4z"))
  }
}
