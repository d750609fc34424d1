using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;
using Azure.Core;

namespace RemoteRendering.Sessions.Tests.Pipeline.Support;

/// <summary>An answer that a test makes by hand. Names of headers ignore case, as in a real one.</summary>
internal sealed class FakeResponse(int status, Stream? body = null, params (string Name, string Value)[] headers) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => string.Empty;

    public override Stream? ContentStream { get; set; } = body;

    public override string ClientRequestId { get; set; } = string.Empty;

    public bool IsDisposed { get; private set; }

    /// <summary>Makes an answer with a text as its body, in a stream whose buffer is visible.</summary>
    public static FakeResponse WithText(int status, string text, params (string Name, string Value)[] headers)
    {
        var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes(text));
        body.Position = 0;
        return new FakeResponse(status, body, headers);
    }

    public override void Dispose() => IsDisposed = true;

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders()
        => headers.Select(static header => new HttpHeader(header.Name, header.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = headers.FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out string? value) ? [value] : null;
        return values is not null;
    }
}
