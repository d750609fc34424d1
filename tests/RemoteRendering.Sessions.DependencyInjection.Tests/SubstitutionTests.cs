using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Scene;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.DependencyInjection.Tests;

/// <summary>
/// An application can test its own code without a service. Each public type can be substituted (NSubstitute), or made with every value of
/// its properties (by its constructor or the model factory), or it comes out of an emulator that runs in the test.
/// </summary>
public class SubstitutionTests
{
    /// <summary>
    /// What a running emulator, or a running host, returns. A test runs the real thing in a millisecond instead of a substitute.
    /// </summary>
    private static readonly HashSet<Type> s_emulated =
        [.. Reachable(typeof(SessionEmulator), typeof(HistoryChecker), typeof(EmulatorFault)), .. Reachable(typeof(RenderingHost))];

    /// <summary>Properties without a parameter of their name, and where their value comes from.</summary>
    private static readonly Dictionary<string, string> s_derived = new()
    {
        ["SessionSnapshot.AccountId"] = "creation",
        ["SessionSnapshot.SessionId"] = "creation",
        ["SessionSnapshot.Size"] = "creation",
        ["SessionSnapshot.CreatedLeaseMinutes"] = "creation",
        ["SessionSnapshot.Models"] = "creation",
        ["SessionSnapshot.LeaseMinutes"] = "facts",
        ["SessionSnapshot.State"] = "facts and time",
        ["SessionSnapshot.IsEnded"] = "facts and time",
        ["SessionSnapshot.HasBeenReady"] = "facts and time",
        ["SessionSnapshot.HostTime"] = "facts and time",
        ["SessionSnapshot.TimeUntilReady"] = "facts and time",
        ["SessionSnapshot.TimeUntilEnd"] = "facts and time",
        ["Bounds.Center"] = "min and max",
        ["Bounds.Size"] = "min and max",
        ["Double3.Length"] = "the coordinates",
        ["RayCast.StartPos"] = "start",
        ["RayCast.EndPos"] = "end",
        ["ObjectMetadataEntry.Type"] = "the kind of the value",
        ["ObjectMetadataEntry.AsBool"] = "the value",
        ["ObjectMetadataEntry.AsInt64"] = "the value",
        ["ObjectMetadataEntry.AsDouble"] = "the value",
        ["ObjectMetadataEntry.AsString"] = "the value",
        ["ConnectionStatusChangedEventArgs.Status"] = "the change",
        ["ConnectionStatusChangedEventArgs.Reason"] = "the change",
        ["RenderingConnectionChange.IsTerminal"] = "the status",
        ["RenderingConnectionEnd.Reason"] = "the change",
        ["RenderingConnectionEnd.Error"] = "the change",
        ["RenderingConnectionEnd.IsRequested"] = "the change",
        ["RenderingConnectionEnd.RetryAfter"] = "the change",
        ["RenderingConnectionEnd.Advice"] = "the change",
        ["RenderingConnectionException.Advice"] = "the reason and the time to wait",
        ["LoadModelOptions.ModelPath"] = "the path that FromPath takes",
        ["HostAnswer.Code"] = "the method that makes it",
        ["HostMessage.Kind"] = "the method that makes it",
        ["HostMessage.Payload"] = "Text and Binary",
        ["HostMessage.CloseCode"] = "Close",
        ["HostMessage.CloseReason"] = "Close",
        ["RenderingSessionChange.SessionId"] = "the current state",
        ["RenderingSessionChange.Error"] = "the current state",
        ["RenderingSessionEndedException.Status"] = "the properties",
        ["RenderingSessionEndedException.Error"] = "the properties",
        ["RenderingSessionStatus.IsTerminal"] = "the value",
        ["RenderingTransportContext.SubProtocol"] = "the protocol",
        ["Box3D.IsEmpty"] = "min and max",
        ["Box3D.Center"] = "min and max",
        ["Placement.Determinant"] = "the axes",
        ["Placement.KeepsAxes"] = "the axes",
        ["SceneMesh.Primitives"] = "the parts",
        ["SceneModel.Primitives"] = "the nodes",
        ["SceneModel.ByteSize"] = "the meshes of the nodes",
        ["SceneModel.Levels"] = "the parents of the nodes",
        ["SceneModelFile.HasNeighbours"] = "the function that opens them",
        ["SceneModelNode.Local"] = "position, rotation and scale",
        ["SceneModelNode.Primitives"] = "the mesh",
        ["SoftwareSceneRenderer.UnsupportedStates"] = "a constant",
        ["Vector3D.LengthSquared"] = "the coordinates",
        ["Vector3D.Length"] = "the coordinates",
        ["Vector3D.IsFinite"] = "the coordinates",
        ["VirtualTimeProvider.LocalTimeZone"] = "the time zone of a virtual clock is UTC",
        ["VirtualTimeProvider.TimestampFrequency"] = "a constant",
        ["VirtualTimeProvider.PendingTimers"] = "the timers that were made",
        ["VirtualTimeProvider.UntilNextTimer"] = "the timers that were made",
    };

    public static TheoryData<Type> PublicTypes() => [.. Packages.All.SelectMany(package => package.GetExportedTypes())
        .Where(type => !type.IsEnum && !(type.IsAbstract && type.IsSealed) && !type.IsSubclassOf(typeof(Delegate)))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void PublicType_OfAnyPackage_CanBeSubstitutedOrMadeWithEveryValue(Type type)
    {
        string[] fixedMembers = [.. Fixed(type)];
        if (CanBeSubstituted(type) && fixedMembers.Length == 0)
        {
            Assert.NotNull(Substitute.For([type], []));
            return;
        }

        if (s_emulated.Contains(type) || type == typeof(RemoteRenderingBuilder))
        {
            return;
        }

        string[] blind = [.. Values(type).Where(property => !CanBeGiven(type, property)).Select(property => property.Name)];
        string missing = CanBeSubstituted(type) ? "not virtual: " + string.Join(", ", fixedMembers) : "no constructor to derive from";
        Assert.True(
            blind.Length == 0 && IsMade(type),
            $"{type.Name} can be neither substituted ({missing}) nor made with a value for: {string.Join(", ", blind)}");
    }

    [Fact]
    public void DerivedProperties_AllExist()
        => Assert.All(s_derived.Keys, name => Assert.Contains(
            Packages.All.SelectMany(package => package.GetExportedTypes())
                .SelectMany(type => type.GetProperties(), (type, property) => $"{type.Name}.{property.Name}"),
            existing => existing == name));

    [Fact]
    public void Builder_IsMadeByAddRemoteRendering()
        => Assert.NotNull(new ServiceCollection().AddRemoteRendering(_ => { }));

    [Fact]
    public async Task ReactionToAChangeOfTheConnection_WithSubstitutes_CanBeTested()
    {
        RenderingSession session = Substitute.For<RenderingSession>();
        RenderingConnection connection = Substitute.For<RenderingConnection>();
        RenderingConnectionChange lost = RemoteRenderingModelFactory.RenderingConnectionChange(
            number: 2, ConnectionStatus.Connected, ConnectionStatus.Reconnecting, RenderingConnectionReason.ConnectionLost,
            error: new IOException("pulled"));
        RenderingConnectionChange ended = RemoteRenderingModelFactory.RenderingConnectionChange(
            number: 3, ConnectionStatus.Reconnecting, ConnectionStatus.Disconnected, RenderingConnectionReason.LeaseExpired);
        connection.Completion.Returns(Task.FromResult(new RenderingConnectionEnd(ended)));
        session.Connection.Returns(connection);

        List<string> shown = [];
        session.ConnectionStatusChanged += (_, change) => shown.Add($"{change.Status}: {change.Reason}");
        session.ConnectionStatusChanged += Raise.EventWith(new ConnectionStatusChangedEventArgs(lost));
        RenderingConnectionEnd end = await session.Connection!.Completion;

        Assert.Equal(["Reconnecting: ConnectionLost"], shown);
        Assert.Equal(RenderingConnectionReason.LeaseExpired, end.Reason);
        Assert.True(end.Change.IsTerminal);
    }

    [Fact]
    public async Task ReactionToAChangeOfASession_WithSubstitutes_CanBeTested()
    {
        RenderingSession session = Substitute.For<RenderingSession>();
        RenderingSessionProperties gone = RemoteRenderingModelFactory.RenderingSessionProperties("one", RenderingSessionStatus.Expired);
        session.WatchAsync(Arg.Any<CancellationToken>()).Returns(new[]
        {
            RemoteRenderingModelFactory.RenderingSessionChange(
                1, RenderingSessionChangeKinds.Status, null, gone, RenderingSessionEndReason.Expired),
        }.ToAsyncEnumerable());

        List<RenderingSessionEndReason?> ends = [];
        await foreach (RenderingSessionChange change in session.WatchAsync())
        {
            ends.Add(change.EndReason);
        }

        Assert.Equal([RenderingSessionEndReason.Expired], ends);
    }

    [Fact]
    public void Components_OfASubstitutedEntity_CanBeFound()
    {
        Entity entity = Substitute.For<Entity>();
        CutPlaneComponent plane = Substitute.For<CutPlaneComponent>();
        plane.Owner.Returns(entity);
        entity.FindComponentOfType<CutPlaneComponent>().Returns(plane);

        Assert.Same(entity, entity.FindComponentOfType<CutPlaneComponent>()!.Owner);
    }

    [Theory]
    [InlineData("[1,2]", MetadataValueType.Json)]
    [InlineData("\"text\"", MetadataValueType.String)]
    [InlineData("null", MetadataValueType.Invalid)]
    public void MetadataEntry_FromJson_HasTheKindOfTheValue(string json, MetadataValueType kind)
        => Assert.Equal(kind, RemoteRenderingModelFactory.ObjectMetadataEntry("a", BinaryData.FromString(json)).Type);

    private static bool CanBeSubstituted(Type type)
        => type.IsInterface || (!type.IsSealed && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(constructor =>
                constructor.GetParameters().Length == 0
                    && (constructor.IsPublic || constructor.IsFamily || constructor.IsFamilyOrAssembly)));

    private static IEnumerable<string> Fixed(Type type)
        => type.GetMethods().Where(method => IsOurs(method) && (!method.IsVirtual || method.IsFinal) && !method.IsStatic)
            .Select(method => method.Name);

    private static IEnumerable<PropertyInfo> Values(Type type)
        => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0 && IsOurs(property.GetMethod ?? property.SetMethod!));

    private static bool IsOurs(MethodInfo method) => Packages.All.Contains(method.DeclaringType!.Assembly);

    private static bool IsMade(Type type) => type.IsValueType || Makers(type).Any();

    private static bool CanBeGiven(Type type, PropertyInfo property)
        => property.SetMethod is { IsPublic: true }
            || s_derived.ContainsKey($"{type.Name}.{property.Name}")
            || IsFilledByCaller(property.PropertyType)
            || Makers(type).Any(maker =>
                maker.GetParameters().Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A collection that can be added to, or options within options.</summary>
    private static bool IsFilledByCaller(Type type)
        => type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(IList<>) || type.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            || (Packages.All.Contains(type.Assembly) && type.IsClass && type.GetProperties() is { Length: > 0 } parts
                && parts.All(part => part.SetMethod is { IsPublic: true } || IsFilledByCaller(part.PropertyType)));

    private static IEnumerable<MethodBase> Makers(Type type)
        => type.GetConstructors().Where(_ => !type.IsAbstract).Concat<MethodBase>(
            typeof(RemoteRenderingModelFactory).GetMethods(BindingFlags.Static | BindingFlags.Public)
                .Where(method => method.ReturnType == type));

    private static HashSet<Type> Reachable(params Type[] starts)
    {
        HashSet<Type> found = [.. starts];
        Queue<Type> open = new(starts);
        while (open.TryDequeue(out Type? type))
        {
            IEnumerable<Type> next = type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public)
                .Select(member => member switch
            {
                PropertyInfo property => property.PropertyType,
                MethodInfo method => method.ReturnType,
                _ => typeof(void),
            }).SelectMany(returned => returned.GetGenericArguments().Append(returned));
            foreach (Type other in next.Where(other => other.Assembly == starts[0].Assembly && found.Add(other)))
            {
                open.Enqueue(other);
            }
        }

        return found;
    }
}
