using System.Buffers;
using RemoteRendering.Sessions.Emulator.Host.Binding;
using RemoteRendering.Sessions.Emulator.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Host.Requests;

/// <summary>One request of a binding, from its first arrival to its answer.</summary>
internal sealed class HostRequest
{
    private readonly object _gate = new();
    private CancellationTokenSource? _cancellation;
    private bool _isCancelled;
    private byte[]? _rented;

    public HostRequest(HostSession session, HostBinding binding, long id, HostFrame frame)
    {
        Session = session;
        Binding = binding;
        Id = id;
        Method = frame.Method;
        BinaryKind = frame.BinaryKind;
        Argument = frame.Argument;
        Bytes = frame.Parameters.Length;
        Parameters = Keep(frame);
    }

    public HostSession Session { get; }

    public HostBinding Binding { get; }

    public long Id { get; }

    public string Method { get; }

    /// <summary>Gets the kind of the binary frame it came in; 0 for a text.</summary>
    public byte BinaryKind { get; }

    /// <summary>Gets the argument of the binary frame it came in.</summary>
    public uint Argument { get; }

    /// <summary>Gets the raw JSON of the parameters, empty when there are none, or the payload of a binary frame, which is good until the request has ended.</summary>
    public ReadOnlyMemory<byte> Parameters { get; private set; }

    /// <summary>Gets how many bytes of parameters it came with.</summary>
    public int Bytes { get; }

    /// <summary>Gets or sets whether it has been started. Belongs to the session's lock.</summary>
    public bool HasStarted { get; set; }

    /// <summary>Gets a token that is cancelled when the client cancels the request or its binding ends.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_gate)
            {
                // Most requests never ask: they end before anything could cancel them.
                _cancellation ??= new CancellationTokenSource();
                if (_isCancelled)
                {
                    _cancellation.Cancel();
                }

                return _cancellation.Token;
            }
        }
    }

    /// <summary>Gives back what the request was kept in, once it has run.</summary>
    public void Recycle()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            Parameters = default;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public void Cancel()
    {
        CancellationTokenSource? cancellation;
        lock (_gate)
        {
            _isCancelled = true;
            cancellation = _cancellation;
        }

        cancellation?.Cancel();
    }

    /// <summary>The message is gone with the next receive; the request may outlive it.</summary>
    private ReadOnlyMemory<byte> Keep(HostFrame frame)
    {
        if (frame.BinaryKind == 0)
        {
            return frame.Parameters.ToArray();
        }

        _rented = ArrayPool<byte>.Shared.Rent(frame.Parameters.Length);
        frame.Parameters.CopyTo(_rented);
        return _rented.AsMemory(0, frame.Parameters.Length);
    }
}
