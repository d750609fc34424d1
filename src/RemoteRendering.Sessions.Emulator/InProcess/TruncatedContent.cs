using System.Net;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>Content whose length promises more than comes.</summary>
internal sealed class TruncatedContent(ReadOnlyMemory<byte> body) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var source = new BrokenStream(Half());
        await source.CopyToAsync(stream).ConfigureAwait(false);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new BrokenStream(Half()));

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    private ReadOnlyMemory<byte> Half() => body[..(body.Length / 2)];
}
