using System.Buffers.Binary;
using System.Collections.Concurrent;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

/// <summary>Takes batches and answers with their bytes turned round; a batch that says how many bytes it has must tell the truth.</summary>
internal sealed class BinaryFeature : IHostFeature
{
    public string Name => "binary";

    public IReadOnlyCollection<string> Methods => ["slow"];

    public IReadOnlyCollection<byte> BinaryKinds => [1];

    public ConcurrentQueue<HostRequest> Requests { get; } = new();

    public TaskCompletionSource Slow { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Resumes { get; private set; }

    public static byte[] Batch(long id, params byte[] payload) => HostBinaryFrame.Write(1, (uint)payload.Length, (ulong)id, payload).Bytes;

    public static long IdOf(HostMessage message) => BinaryPrimitives.ReadInt64LittleEndian(message.Payload.Span[8..]);

    public bool IsWellFormed(byte kind, uint argument, ReadOnlySpan<byte> payload) => argument == payload.Length;

    public async ValueTask<HostAnswer> InvokeAsync(HostRequest request)
    {
        Requests.Enqueue(request);
        if (request.Method == "slow")
        {
            request.ReportProgress(0.5);
            await Slow.Task;
            return HostAnswer.Empty;
        }

        byte[] content = request.Parameters.ToArray();
        Array.Reverse(content);
        return HostAnswer.Binary(content);
    }

    public void OnResumed(HostBinding binding) => Resumes++;

    public void OnBindingEnded(HostBinding binding)
    {
    }
}
