using System.Net;

namespace RemoteRendering.Sessions.Tests.Pipeline.Support;

/// <summary>A body that comes a byte at a time, breaks off, or never ends, on a clock of the test's.</summary>
internal sealed class DrippingContent(byte[] body, TimeSpan pause, TimeProvider time, int breaksAfter = int.MaxValue) : HttpContent
{
    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new Drip(body, pause, time, breaksAfter));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private sealed class Drip(byte[] body, TimeSpan pause, TimeProvider time, int breaksAfter) : ForwardStream
    {
        private int _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (pause > TimeSpan.Zero || pause == Timeout.InfiniteTimeSpan)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }

            if (_read >= breaksAfter)
            {
                throw new IOException("The body broke off.");
            }

            if (_read >= body.Length)
            {
                return 0;
            }

            buffer.Span[0] = body[_read++];
            return 1;
        }
    }
}
