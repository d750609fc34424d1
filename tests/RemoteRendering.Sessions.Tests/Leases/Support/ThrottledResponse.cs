using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Tests.Leases.Support;

/// <summary>An answer of 429 that says when to come back.</summary>
internal sealed class ThrottledResponse(int retryAfterSeconds) : Response
{
    private readonly string _retryAfter = retryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override int Status => 429;

    public override string ReasonPhrase => "Too Many Requests";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = string.Empty;

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => name == "Retry-After";

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new HttpHeader("Retry-After", _retryAfter)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = ContainsHeader(name) ? _retryAfter : null;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = ContainsHeader(name) ? [_retryAfter] : null;
        return values is not null;
    }
}
