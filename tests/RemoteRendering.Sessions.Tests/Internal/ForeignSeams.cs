using System.Collections;
using System.Reflection;
using RemoteRendering.Sessions.Tests.Pipeline;
using RemoteRendering.Sessions.Tests.Pipeline.Tokens;
using RemoteRendering.Sessions.Tests.Storage;

using static RemoteRendering.Sessions.Tests.Internal.ForeignCodeTests;

namespace RemoteRendering.Sessions.Tests.Internal;

/// <summary>
/// The places where the client runs code of an application, found by reflection, each with what shows that it holds up nothing: a row of
/// <see cref="ForeignCodeTests"/>, another class of tests, or the reason that it cannot be otherwise.
/// </summary>
internal static class ForeignSeams
{
    private const string Caller = "It runs inside the caller's own call, under no lock.";
    private const string Logs = "A logger that blocks stops the line that logs, as in every library.";
    private const string Double = "A base for test doubles; the library calls its own only.";

    /// <summary>A row, a class of tests or a reason.</summary>
    public static readonly IReadOnlyDictionary<string, object> Known = new Dictionary<string, object>
    {
        ["ComponentBase.Destroy"] = Double,
        ["ComponentBase.get_IsValid"] = Double,
        ["ComponentBase.get_Owner"] = Double,
        ["ComponentBase.get_Type"] = Double,
        ["Entity.FindFirstEntity(predicate)"] = Caller,
        ["Entity.VisitEntity(visitor)"] = Caller,
        ["FileRenderingSessionStore(logger)"] = Logs,
        ["LoadModelOptions(model)"] = Callback.ModelStream,
        ["LoadModelOptions(openFile)"] = Callback.ModelFile,
        ["RemoteRenderingClient(credential)"] = typeof(HangingSignInTests),
        ["RemoteRenderingClientOptions.ConnectionTransport"] = Callback.TransportConnect,
        ["RemoteRenderingClientOptions.LoggerFactory"] = Logs,
        ["RemoteRenderingClientOptions.SessionStore"] = typeof(StoreFaultTests),
        ["RemoteRenderingClientOptions.TimeProvider"] = "All waits need the clock.",
        ["RenderingConnection.LoadModelAsync(progress)"] = Callback.ProgressOfALoad,
        ["RenderingConnection.Lost"] = Callback.ConnectionLost,
        ["RenderingConnection.SceneWritesRefused"] = Callback.SceneWritesRefused,
        ["RenderingConnectionOptions.InitialConnectPolicy"] = Callback.InitialConnectPolicy,
        ["RenderingConnectionOptions.Progress"] = Callback.ConnectionProgress,
        ["RenderingConnectionOptions.ReconnectPolicy"] = Callback.ReconnectPolicy,
        ["RenderingLeaseRenewal.Changed"] = Callback.LeaseChanged,
        ["RenderingLeaseRenewal.Lost"] = Callback.LeaseLost,
        ["RenderingReconnectPolicy.NextDelay"] = Callback.ReconnectPolicy,
        ["RenderingSession.ConnectionStatusChanged"] = Callback.ConnectionStatusChanged,
        ["RenderingSession.WaitUntilReadyAsync(progress)"] = Callback.ProgressOfAWait,
        ["RenderingSessionStore.ClearAsync"] = typeof(StoreFaultTests),
        ["RenderingSessionStore.LoadAsync"] = typeof(StoreFaultTests),
        ["RenderingSessionStore.SaveAsync"] = typeof(StoreFaultTests),
        ["RenderingTransport.ConnectAsync"] = Callback.TransportConnect,
        ["RenderingTransport.ConnectAsync, its token"] = Callback.TransportToken,
        ["RenderingTransportLink.Abort"] = Callback.LinkAbort,
        ["RenderingTransportLink.CloseAsync"] = Callback.LinkClose,
        ["RenderingTransportLink.ReceiveAsync"] = Callback.LinkReceive,
        ["RenderingTransportLink.ReceiveAsync(buffer)"] = "The buffer is one of the library.",
        ["RenderingTransportLink.SendAsync"] = Callback.LinkSend,
        ["RenderingTransportLink.SendAsync, of the bind"] = Callback.LinkSendOfTheBind,
        ["RenderingTransportLink.get_CloseCode"] = Callback.LinkCloseCode,
        ["RenderingTransportLink.get_CloseReason"] = Callback.LinkCloseReason,
        ["WebSocketRenderingTransport(configure)"] = Callback.WebSocketConfigure,
    };

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Finds members to implement, events, tokens to register at, and parameters and settable properties that take code.</summary>
    public static IEnumerable<string> Find() => typeof(RemoteRenderingClient).Assembly.GetExportedTypes().SelectMany(Find).Distinct();

    private static IEnumerable<string> Find(Type type)
    {
        if (type.IsAbstract && !type.IsSealed)
        {
            foreach (
                MethodInfo method in type.GetMethods(Declared)
                    .Where(static method => method is { IsVirtual: true, IsFinal: false } and ({ IsPublic: true } or { IsFamily: true })))
            {
                if (method.GetBaseDefinition() == method)
                {
                    yield return $"{type.Name}.{method.Name}";
                }
            }
        }

        foreach (EventInfo handlers in type.GetEvents(Declared).Where(static handlers => handlers.AddMethod!.IsPublic))
        {
            yield return $"{type.Name}.{handlers.Name}";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            if ((property.SetMethod is { IsPublic: true } && IsCode(property.PropertyType))
                || (property.GetMethod is { IsPublic: true } && property.PropertyType == typeof(CancellationToken)))
            {
                yield return $"{type.Name}.{property.Name}";
            }
        }

        foreach (
            MethodBase method in type.GetConstructors(Declared).Cast<MethodBase>()
                .Concat(type.GetMethods(Declared).Where(static method => !method.IsSpecialName)).Where(static method => method.IsPublic))
        {
            foreach (ParameterInfo parameter in method.GetParameters().Where(static parameter => IsCode(parameter.ParameterType)))
            {
                yield return $"{type.Name}{(method.IsConstructor ? string.Empty : "." + method.Name)}({parameter.Name})";
            }
        }
    }

    /// <summary>
    /// Returns whether a value of a type is code of the application: a delegate, or an object whose members it may implement. Collections
    /// and answers are data.
    /// </summary>
    private static bool IsCode(Type type)
        => typeof(Delegate).IsAssignableFrom(type)
            || ((type.IsInterface || type.IsAbstract) && !typeof(IEnumerable).IsAssignableFrom(type) && type != typeof(Azure.Response));
}
