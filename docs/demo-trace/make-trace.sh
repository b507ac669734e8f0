#!/bin/bash
# Makes the trace that `./esp demo` sends through its tunnel: real programs, in network namespaces of this script's own,
# talking through a router on whose client side tcpdump listens.
#
#   client 10.1.0.2, 2001:db8:1::2 --- router --- server 10.2.0.2, 2001:db8:2::2
#                                        \------- narrow 10.3.0.2, 2001:db8:3::2 (MTU 1400)
#
# Usage (as root): make-trace.sh [OUT.pcap]
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$root/esp-tools/src/main/resources/io/esp4j/tools/demo-trace.pcap}

for program in ip ethtool tcpdump ping traceroute curl dig dnsmasq iperf3 openssl python3; do
  command -v "$program" >/dev/null || { echo "make-trace.sh: $program is not installed" >&2; exit 1; }
done

work=$(mktemp -d)
id=esp4j-$$
namespaces=()
children=()

cleanup() {
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  for child in "${children[@]}"; do wait "$child" 2>/dev/null || true; done
  for namespace in "${namespaces[@]}"; do ip netns del "$namespace" || true; done
  rm -rf "$work"
}
trap cleanup EXIT

in_ns() { ip netns exec "$id-$1" "${@:2}"; }
# Not through in_ns: the child must be the program itself, so that it can be stopped.
start() { ip netns exec "$id-$1" "${@:2}" >>"$work/log" 2>&1 & children+=($!); }
# What the client does may fail on purpose (closed ports, unreachable hosts), but not take for ever.
client() { timeout 30 ip netns exec "$id-client" "$@" >>"$work/log" 2>&1 || true; }

make_namespace() {
  ip netns add "$id-$1"
  namespaces+=("$id-$1")
  in_ns "$1" ip link set lo up
  # Explicit congestion notification asked for and granted; answers to pings and unreachable ports not rationed.
  in_ns "$1" sysctl -qw net.ipv4.tcp_ecn=1 net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
}

# join HOST NUMBER MTU: a link between a host and the router, with addresses 10.NUMBER.0.2 and .1
join() {
  ip -n "$id-router" link add "to-$1" address "02:00:00:00:0$2:01" mtu "$3" type veth \
    peer name eth0 netns "$id-$1" address "02:00:00:00:0$2:02" mtu "$3"
  ip -n "$id-router" addr add "10.$2.0.1/24" dev "to-$1"
  ip -n "$id-router" addr add "2001:db8:$2::1/64" dev "to-$1" nodad
  ip -n "$id-$1" addr add "10.$2.0.2/24" dev eth0
  ip -n "$id-$1" addr add "2001:db8:$2::2/64" dev eth0 nodad
  # What is on a wire: no frame above the MTU, and every checksum filled in.
  in_ns router ethtool -K "to-$1" tx off rx off tso off gso off gro off >/dev/null 2>&1
  in_ns "$1" ethtool -K eth0 tx off rx off tso off gso off gro off >/dev/null 2>&1
  ip -n "$id-router" link set "to-$1" up
  ip -n "$id-$1" link set eth0 up
  ip -n "$id-$1" route add default via "10.$2.0.1"
  ip -n "$id-$1" route add default via "2001:db8:$2::1"
}

for host in router client server narrow; do make_namespace "$host"; done
in_ns router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
join client 1 1500
join server 2 1500
join narrow 3 1400
sleep 3 # until the link-local addresses are no longer tentative

# Servers: DNS, web over both families, TLS, and iperf3's.
mkdir "$work/www"
python3 - "$work/www" <<'PYTHON'
import pathlib, sys
folder = pathlib.Path(sys.argv[1])
line = "Line %06d of a file that is fetched over HTTP to have something to protect.\n"
for name, lines in (("small.txt", 3), ("page.html", 40), ("medium.txt", 400), ("large.txt", 5500), ("huge.txt", 7000)):
    (folder / name).write_text("".join(line % number for number in range(lines)))
PYTHON
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=www.example.test -days 3650 \
  -keyout "$work/key.pem" -out "$work/cert.pem" >>"$work/log" 2>&1
text=$(printf 'a-long-text-record-%.0s' {1..12})
texts=(); for _ in {1..8}; do texts+=("$text"); done
start server dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --pid-file= --user=root \
  --log-facility=- --address=/www.example.test/10.2.0.2 --address=/www.example.test/2001:db8:2::2 \
  --address=/narrow.example.test/10.3.0.2 --txt-record="text.example.test,$(IFS=,; echo "${texts[*]}")" \
  --mx-host=example.test,www.example.test,10 --srv-host=_esp._udp.example.test,www.example.test,4500 \
  --ptr-record=2.0.2.10.in-addr.arpa,www.example.test --local=/example.test/ --edns-packet-max=4096
start server python3 -m http.server 80 --bind :: --directory "$work/www"
start narrow python3 -m http.server 80 --bind :: --directory "$work/www"
( cd "$work/www" && exec ip netns exec "$id-server" openssl s_server -quiet -accept 443 -WWW \
  -cert "$work/cert.pem" -key "$work/key.pem" ) >>"$work/log" 2>&1 & children+=($!)
start server iperf3 --server
start narrow iperf3 --server
sleep 1

start router tcpdump -i to-client -n -s 0 -B 8192 -U -Z root -w "$work/trace.pcap"
sleep 1

# 1. Names: each record type over both families, TCP, an answer in fragments, names that do not exist, a server that
#    does not answer.
names() {
  local server name type
  for server in 10.2.0.2 2001:db8:2::2; do
    for name in www narrow _esp._udp text missing; do
      for type in A AAAA TXT SRV MX; do
        client dig "@$server" +tries=1 +time=2 "$name.example.test" "$type"
      done
    done
    client dig "@$server" +tcp text.example.test TXT
    client dig "@$server" +bufsize=512 text.example.test TXT
    client dig "@$server" +bufsize=4096 text.example.test TXT
  done
  client dig @10.2.0.2 -x 10.2.0.2
  client dig @10.2.0.2 -p 5999 +tries=2 +time=1 www.example.test
  client dig @2001:db8:2::2 -p 5999 +tries=2 +time=1 www.example.test
}

# 2. The web: many small transfers, kept-alive connections, bulk, TLS, refusals, errors.
web() {
  local server
  for server in 10.2.0.2 '[2001:db8:2::2]'; do
    for _ in {1..12}; do client curl -sS -o /dev/null "http://$server/page.html"; done
    client curl -sS -o /dev/null "http://$server/{small.txt,medium.txt,missing.txt}"
    client curl -sS -I "http://$server/small.txt"
    client curl -sS --data 'question=what+is+protected' "http://$server/small.txt"
    client curl -sS -o /dev/null --limit-rate 600k "http://$server/large.txt"
    client curl -sSk -o /dev/null "https://$server/medium.txt"
    client curl -sS "http://$server:81/refused"
  done
  client curl -sS -o /dev/null --tos 0x28 --limit-rate 800k "http://10.2.0.2/huge.txt"
}

# 3. Echoes: small and large (fragments), with DSCP and every ECN codepoint, IPv4 options, and ones that cannot arrive.
echoes() {
  local server
  for server in 10.2.0.2 2001:db8:2::2; do
    client ping -n -i 0.05 -c 40 "$server"
    client ping -n -i 0.05 -c 12 -s 1472 "$server"
    client ping -n -i 0.05 -c 12 -s 4000 "$server"
    client ping -n -i 0.05 -c 2 -s 20000 "$server"
    for tos in 1 2 3 0x28 0x48 0xb8 0xb9 0xc0; do client ping -n -i 0.05 -c 3 -Q "$tos" "$server"; done
    client ping -n -c 1 -s 0 "$server"
    client ping -n -c 3 -i 0.2 -t 1 "$server"
  done
  client ping -n -i 0.2 -c 3 -R 10.2.0.2
  client ping -n -i 0.2 -c 3 -T tsandaddr 10.2.0.2
  client ping -n -i 0.2 -c 3 -M do -s 1472 10.3.0.2
  client ping -n -i 0.2 -c 3 -s 1452 2001:db8:3::2
  client ping -n -W 4 -c 2 10.2.0.99
  client ping -n -W 4 -c 2 2001:db8:2::99
  client ping -n -W 1 -c 2 192.0.2.1
  # A new address is announced to its multicast group, with a hop-by-hop option, and checked for duplicates.
  ip -n "$id-client" addr add 2001:db8:1::3/64 dev eth0
}

# 4. Paths: errors from each hop, by UDP, ICMP and TCP probes.
paths() {
  client traceroute -n -w 1 10.2.0.2
  client traceroute -n -w 1 -I 10.3.0.2
  client traceroute -n -w 1 -T -p 80 10.2.0.2
  client traceroute -6 -n -w 1 2001:db8:2::2
  client traceroute -6 -n -w 1 -I 2001:db8:3::2 1600
  client traceroute -n --mtu -w 1 10.3.0.2
}

# 5. Streams: voice-like UDP, UDP in fragments, TCP both ways, and TCP that has to find the narrow link's MTU.
streams() {
  client iperf3 -c 10.2.0.2 -u -b 160k -l 160 -t 4 --tos 0xb8
  client iperf3 -c 2001:db8:2::2 -u -b 160k -l 172 -t 3 --tos 0x88
  client iperf3 -c 10.2.0.2 -u -b 1M -l 3500 -n 70K
  client iperf3 -c 2001:db8:2::2 -n 200K -b 4M --tos 0x20
  client iperf3 -c 10.2.0.2 -R -n 200K -b 4M -P 2
  client iperf3 -c 10.3.0.2 -n 100K -b 4M
  client iperf3 -c 2001:db8:3::2 -n 100K -b 4M
}

jobs_of_the_client=()
for job in names web echoes paths streams; do "$job" & jobs_of_the_client+=($!); done
wait "${jobs_of_the_client[@]}"
sleep 1

kill "${children[-1]}"
wait "${children[-1]}" || true
unset 'children[-1]'
cp "$work/trace.pcap" "$out"
echo "$out: $(stat -c %s "$out") octets"
