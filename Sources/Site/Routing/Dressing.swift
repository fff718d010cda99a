/// What every answer wears (security requirements 40 to 42), errors included.
extension WebSite {
  func dressed(_ reply: Reply, isAsset: Bool = false) -> Outgoing {
    var headers = reply.headers
    var body: [UInt8] = []
    switch reply.body {
    case .empty: break
    case .html(let bytes):
      headers.append(("content-type", "text/html; charset=utf-8"))
      body = bytes
    case .data(let bytes, let type):
      headers.append(("content-type", type))
      body = bytes
    }
    headers += Self.always
    headers.append(("cache-control", isAsset ? "public, max-age=31536000, immutable" : "no-store"))
    if settings.isSecure {
      headers.append(("strict-transport-security", "max-age=63072000; includeSubDomains"))
    }
    return Outgoing(status: reply.status, headers: headers, body: body)
  }

  private static let always = [
    (
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'"
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
  ]
}
