using System.Buffers;
using RemoteRendering.Sessions.Host.Binding;
using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Host;

/// <summary>Represents one request of a binding, from its first arrival to its answer.</summary>
public class HostRequest
{
    private readonly object _gate = new();
    private CancellationTokenSource? _cancellation;
    private bool _isCancelled;
    private byte[]? _rented;

    /// <summary>Initializes a new instance of the <see cref="HostRequest"/> class for substitutes in tests of features.</summary>
    protected HostRequest()
    {
        Session = null!;
        Binding = null!;
        Method = string.Empty;
    }

    internal HostRequest(HostSession session, HostBinding binding, long id, InboundFrame frame)
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

    /// <summary>Gets the binding of the device that sent the request.</summary>
    public virtual HostBinding Binding { get; }

    /// <summary>Gets the id of the request within its binding, from 1.</summary>
    public virtual long Id { get; }

    /// <summary>Gets the name of the method; that of the kind for a binary request.</summary>
    public virtual string Method { get; }

    /// <summary>Gets the kind of a binary request; 0 for a text.</summary>
    public virtual byte BinaryKind { get; }

    /// <summary>Gets the argument of a binary request.</summary>
    public virtual uint Argument { get; }

    /// <summary>
    /// Gets the raw JSON of the parameters, empty when there are none, or the payload of a binary request, which is valid until the request
    /// has ended.
    /// </summary>
    public virtual ReadOnlyMemory<byte> Parameters { get; private set; }

    /// <summary>Gets a token that is cancelled when the client cancels the request, or its binding ends.</summary>
    public virtual CancellationToken CancellationToken
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

    internal HostSession Session { get; }

    /// <summary>Gets the number of bytes of the parameters when it came.</summary>
    internal int Bytes { get; }

    /// <summary>Gets or sets a value indicating whether it has been started. Belongs to the session's lock.</summary>
    internal bool HasStarted { get; set; }

    /// <summary>
    /// Tells the client how far the request has come. Does nothing while the device has no link, or after the request has ended.
    /// </summary>
    /// <param name="value">The progress, from 0 to 1; values beyond count as 0 or 1. It should not shrink.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not a number.</exception>
    public virtual void ReportProgress(double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The progress must be a number from 0 to 1.");
        }

        Session.Notify(this, HostFrames.Progress(Id, Math.Round(Math.Clamp(value, 0, 1), 4)));
    }

    /// <summary>Returns what the request was kept in to its pool, once it has run.</summary>
    internal void Recycle()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            Parameters = default;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    internal void Cancel()
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
    private ReadOnlyMemory<byte> Keep(InboundFrame frame)
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
