using Xunit;

namespace XQr.Testing;

/// <summary>Files that someone has looked at and found right. They stand in a test project's folder <c>Approved</c>.</summary>
public static class Approved
{
    /// <summary>Fails unless the bytes are those of the approved file; what came instead is kept, to look at and to copy.</summary>
    public static void Verify(byte[] actual, string name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Approved", name);
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(actual))
        {
            return;
        }

        var received = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "Received")).FullName, name);
        File.WriteAllBytes(received, actual);
        Assert.Fail($"{name} is not as approved. If {received} is right, copy it to the test project's folder Approved.");
    }
}
