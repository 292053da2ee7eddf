# manager.sh TEST ARGUMENTS: a test under a systemd of an ordinary user's own, for
# machines where none runs. Needs a mount and a cgroup namespace to itself; 77
# where that cannot be.
cgroup=/sys/fs/cgroup/workreport-test-$$
unset XDG_CONFIG_HOME
export XDG_RUNTIME_DIR=/run/user HOME=/home DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/bus

prepare() {
	mount --make-rprivate / && mount -t tmpfs none /run && mount -t tmpfs none /home &&
	mkdir -p /run/systemd/system /run/systemd/unit-root /run/user && cp "$1" /home/test &&
	umount -R /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup && mkdir $cgroup &&
	chown -R nobody /run/user /home $cgroup && chmod 700 /run/user
}

start='
cd /home
dbus=$(dbus-daemon --session --address=$DBUS_SESSION_BUS_ADDRESS --fork --nopidfile --print-pid)
/lib/systemd/systemd --user </dev/null &
for try in 1 2 3 4 5 6 7 8 9 10; do
	systemctl --user is-system-running 2>/dev/null | grep -q running && break
	[ $try = 10 ] && exit 77
	sleep 0.5
done
shift
/home/test "$@"
code=$?
systemctl --user exit; kill $dbus
wait
exit $code'

prepare "$1" || exit 77
sh -c 'echo $$ >'$cgroup'/cgroup.procs; exec setpriv --reuid=nobody --regid=nogroup --clear-groups sh -c "$0" test "$@"' "$start" "$@"
code=$?
find $cgroup -depth -type d -exec rmdir {} \;
exit $code
