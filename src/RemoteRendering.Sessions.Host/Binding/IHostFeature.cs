namespace RemoteRendering.Sessions.Host;

/// <summary>
/// Answers requests of bound devices. All that a feature keeps for a device belongs to its binding and ends with it
/// (<see cref="HostBinding.GetOrAddState"/>).
/// </summary>
public interface IHostFeature
{
    /// <summary>
    /// Gets the name in the <c>features</c> of a bind answer; <see langword="null"/> for a feature that is not announced.
    /// </summary>
    string? Name { get; }

    /// <summary>
    /// Gets the features that come with this one, for requests that are announced by another name. The default is none. Read once, when the
    /// host is made.
    /// </summary>
    IReadOnlyCollection<IHostFeature> Parts => [];

    /// <summary>Gets the names of the methods that the feature answers. Read once, when the host is made.</summary>
    IReadOnlyCollection<string> Methods { get; }

    /// <summary>
    /// Gets the kinds of binary requests that the feature answers. The default is none. Read once, when the host is made.
    /// </summary>
    IReadOnlyCollection<byte> BinaryKinds => [];

    /// <summary>
    /// Gets the hierarchical states that the feature takes and does nothing with, as a bind answer names them. The default is none.
    /// </summary>
    IReadOnlyCollection<string> UnsupportedStates => [];

    /// <summary>
    /// Determines whether a binary request is well-formed as a whole. One that is not ends its link. The default is <see langword="true"/>.
    /// </summary>
    /// <param name="kind">The kind, one of <see cref="BinaryKinds"/>.</param>
    /// <param name="argument">The argument in its head.</param>
    /// <param name="payload">The payload.</param>
    /// <returns><see langword="true"/> when it is well-formed.</returns>
    bool IsWellFormed(byte kind, uint argument, ReadOnlySpan<byte> payload) => true;

    /// <summary>
    /// Runs a request, once. Requests of a binding are started in their order, one at a time: the synchronous part of this method never
    /// runs twice at the same time for a binding. An exception is answered as an internal error, and an
    /// <see cref="OperationCanceledException"/> as a cancellation. The client gets the message of the exception, so it must not contain
    /// secrets.
    /// </summary>
    /// <param name="request">
    /// The request. Its method is one of <see cref="Methods"/>, or its binary kind one of <see cref="BinaryKinds"/>. Its token is cancelled
    /// when the client cancels the request, or the binding ends.
    /// </param>
    /// <returns>The answer.</returns>
    ValueTask<HostAnswer> InvokeAsync(HostRequest request);

    /// <summary>
    /// Called when a binding has a link again, under the lock of the session: it must return immediately. An exception goes to the journal.
    /// </summary>
    /// <param name="binding">The binding.</param>
    void OnResumed(HostBinding binding)
    {
    }

    /// <summary>
    /// Called when a binding has ended, under the lock of the session: it must return immediately. An exception goes to the journal.
    /// </summary>
    /// <param name="binding">The binding.</param>
    void OnBindingEnded(HostBinding binding)
    {
    }
}
